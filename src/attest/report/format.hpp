#pragma once

#include "attest/ledger/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace attest::report {

/// A file that a report consists of, or, where it could not be made by no fault of the caller
/// (latexmk is not installed), why not.
struct Written {
    std::string format;
    std::filesystem::path file;
    bool made = true;
    std::string note; ///< one line for people when made is false
};

/// One way to write results into a folder. A format lives in one source file, formats/NAME.cpp,
/// which defines its function; formats.cpp lists the functions.
struct Format {
    std::string_view name; ///< as given to --format
    std::string_view description;
    std::vector<Written> (*write)(const ledger::Results&, const std::filesystem::path& folder);
};

Format json_format();
Format markdown_format();
Format html_format();
Format latex_format();
Format pdf_format();
Format junit_format();
Format margins_format();

} // namespace attest::report
