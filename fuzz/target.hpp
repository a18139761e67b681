#pragma once

#include "attest/numbers/errors.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

/// What the fuzz targets share. A target is a function of bytes. It may accept them or refuse them
/// with InputError; another exception, a broken promise (require), a crash, a sanitizer's report,
/// more time or memory than fuzz/limits.hpp says is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace attest::fuzz {

inline std::string_view view(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

/// Ends the program with a finding unless the condition holds.
inline void require(bool condition, const char* promise)
{
    if (!condition) {
        std::fprintf(stderr, "broken promise: %s\n", promise);
        std::abort();
    }
}

/// Takes the text up to a line end off the front.
inline std::string_view take_line(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

/// A reader of untrusted bytes: refusing them with a message is right.
template <class Reader>
void may_refuse(const Reader& reader)
{
    try {
        reader();
    } catch (const InputError& refusal) {
        require(*refusal.what() != '\0', "a refusal says why");
    }
}

/// A folder in memory, for readers that take a path.
inline const std::filesystem::path& work_folder()
{
    static const std::filesystem::path folder = [] {
        std::error_code error;
        const std::filesystem::path memory = "/dev/shm";
        std::string name =
            ((std::filesystem::is_directory(memory, error) ? memory
                                                           : std::filesystem::temp_directory_path())
             / "attest-fuzz-XXXXXX")
                .string();
        require(::mkdtemp(name.data()) != nullptr, "a folder can be made");
        static const std::string made = name;
        std::atexit([] {
            std::error_code ignored;
            std::filesystem::remove_all(made, ignored);
        });
        return std::filesystem::path(name);
    }();
    return folder;
}

inline std::filesystem::path put(const char* name, std::string_view content)
{
    std::filesystem::path path = work_folder() / name;
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    return path;
}

} // namespace attest::fuzz
