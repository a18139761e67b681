#include "attest/numbers/errors.hpp"
#include "attest/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace attest::report {

const std::vector<Format>& formats()
{
    static const std::vector<Format> all = {json_format(),   markdown_format(), html_format(),
                                            latex_format(),  pdf_format(),      junit_format(),
                                            margins_format()};
    return all;
}

std::string format_names()
{
    std::vector<std::string_view> names;
    std::transform(formats().begin(), formats().end(), std::back_inserter(names),
                   [](const Format& format) { return format.name; });
    return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<Format> select_formats(std::string_view list)
{
    if (list == "all") {
        return formats();
    }
    std::vector<bool> wanted(formats().size(), false);
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t comma = std::min(list.find(',', start), list.size());
        const std::string_view name = list.substr(start, comma - start);
        const auto found = std::find_if(formats().begin(), formats().end(),
                                        [&](const Format& f) { return f.name == name; });
        if (found == formats().end()) {
            throw InputError(fmt::format(
                "format '{}': must be a comma-separated list of {}, or all", name, format_names()));
        }
        wanted[static_cast<std::size_t>(found - formats().begin())] = true;
        start = comma + 1;
    }
    std::vector<Format> selected;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i]) {
            selected.push_back(formats()[i]);
        }
    }
    return selected;
}

std::vector<Written> write_reports(const ledger::Results& results,
                                   const std::vector<Format>& wanted,
                                   const std::filesystem::path& folder)
{
    std::vector<Written> all;
    for (const Format& format : wanted) {
        for (Written& file : format.write(results, folder)) {
            all.push_back(std::move(file));
        }
    }
    return all;
}

std::vector<Written> write_reports(const ledger::Results& results, std::string_view format_list,
                                   const std::filesystem::path& folder)
{
    return write_reports(results, select_formats(format_list), folder);
}

} // namespace attest::report
