#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace attest::sample {

/// An empty folder that is removed at the end of a test.
class Folder {
public:
    Folder()
    {
        std::random_device random;
        path_ = std::filesystem::temp_directory_path()
                / ("attest-test-" + std::to_string(random()) + std::to_string(random()));
        std::filesystem::create_directories(path_);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace attest::sample
