#pragma once

#include "attest/numbers/errors.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace attest::report {

/// A file or folder cannot be read or written. The message is one line that names the path; a kind
/// of InputError, because the path came from the caller.
class IoError : public InputError {
public:
    using InputError::InputError;
};

/// Larger files of others are refused: /dev/zero has no end.
inline constexpr std::size_t most_bytes_read = std::size_t{1} << 28U;

/// The whole content of a file. Throws IoError naming the path, also for a file of more than `most`
/// bytes; who reads what the program itself wrote, knows how long that may be.
std::string read_file(const std::filesystem::path& path, std::size_t most = most_bytes_read);

/// Puts content under the name path, completely or not at all: it is written to a temporary file
/// in the same folder, flushed to the disk and renamed. Missing folders are made. Symbolic links
/// are followed. Throws IoError naming the path when the folder cannot be written, the disk is
/// full, or path is something else than a regular file; a previous file is then left as it was.
/// The first call for a folder removes what killed processes left there.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Removes what killed processes left in the folder and in those below it: temporary files of
/// write_file that no process writes any more.
void remove_leftovers(const std::filesystem::path& folder);

} // namespace attest::report
