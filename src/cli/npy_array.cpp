#include "cli/npy_array.hpp"

#include "attest/numbers/errors.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace attest::cli {
namespace {

constexpr std::string_view npy_magic = "\x93NUMPY";
constexpr std::size_t longest_header_shown = 40;
constexpr std::size_t most_npy_dimensions = 3;

std::size_t little_endian(std::string_view bytes)
{
    std::size_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        value = value << 8U | static_cast<unsigned char>(bytes[i]);
    }
    return value;
}

/// What follows 'key': in the header's dictionary.
std::string_view entry(std::string_view header, std::string_view key, const std::string& name)
{
    for (const char quote : {'\'', '"'}) {
        const std::string quoted = fmt::format("{0}{1}{0}", quote, key);
        std::size_t at = header.find(quoted);
        if (at == std::string_view::npos) {
            continue;
        }
        at = header.find_first_not_of(" \t", at + quoted.size());
        if (at != std::string_view::npos && header[at] == ':') {
            at = header.find_first_not_of(" \t", at + 1);
            if (at != std::string_view::npos) {
                return header.substr(at);
            }
        }
    }
    throw InputError(fmt::format("{}: header without '{}': must have descr, fortran_order and "
                                 "shape",
                                 name, key));
}

std::string header_start(std::string_view text)
{
    return std::string(text.substr(0, std::min(text.find('\n'), longest_header_shown)));
}

struct Type {
    std::size_t bytes;
    bool big_endian;
};

Type type_of(std::string_view text, const std::string& name)
{
    const auto wrong = [&] {
        return InputError(fmt::format("{}: dtype {}: must be f4 or f8 of either byte order (<f4, "
                                      "<f8, >f4, >f8)",
                                      name, header_start(text)));
    };
    if (text.size() < 5 || (text[0] != '\'' && text[0] != '"') || text[4] != text[0]) {
        throw wrong();
    }
    const std::string_view descr = text.substr(1, 3);
    const bool order = descr[0] == '<' || descr[0] == '>' || descr[0] == '=';
    if (!order || descr[1] != 'f' || (descr[2] != '4' && descr[2] != '8')) {
        throw wrong();
    }
    return {descr[2] == '4' ? 4U : 8U, descr[0] == '>'};
}

std::vector<std::size_t> shape_of(std::string_view text, const std::string& name)
{
    const auto wrong = [&] {
        return InputError(fmt::format("{}: shape {}: must be a tuple of 1 to {} sizes, from 1 on, "
                                      "with at most {} entries in all",
                                      name, header_start(text.substr(0, text.find(')') + 1)),
                                      most_npy_dimensions, most_npy_values));
    };
    const std::size_t close = text.find(')');
    if (text.empty() || text[0] != '(' || close == std::string_view::npos) {
        throw wrong();
    }
    std::vector<std::size_t> shape;
    std::size_t entries = 1;
    std::string_view inside = text.substr(1, close - 1);
    while (true) {
        const std::size_t start = inside.find_first_not_of(" \t");
        if (start == std::string_view::npos) {
            break;
        }
        inside.remove_prefix(start);
        std::size_t size = 0;
        const auto [end, error] =
            std::from_chars(inside.data(), inside.data() + inside.size(), size);
        if (error != std::errc() || size == 0 || size > most_npy_values / entries) {
            throw wrong();
        }
        entries *= size;
        shape.push_back(size);
        inside.remove_prefix(static_cast<std::size_t>(end - inside.data()));
        const std::size_t next = inside.find_first_not_of(" \t");
        if (next == std::string_view::npos) {
            break;
        }
        if (inside[next] != ',') {
            throw wrong();
        }
        inside.remove_prefix(next + 1);
    }
    if (shape.empty() || shape.size() > most_npy_dimensions) {
        throw wrong();
    }
    return shape;
}

bool fortran_order(std::string_view text, const std::string& name)
{
    if (text.starts_with("True")) {
        return true;
    }
    if (text.starts_with("False")) {
        return false;
    }
    throw InputError(
        fmt::format("{}: fortran_order {}: must be True or False", name, header_start(text)));
}

double value_at(const unsigned char* bytes, const Type& type)
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < type.bytes; ++i) {
        const std::size_t from = type.big_endian ? i : type.bytes - 1 - i;
        bits = bits << 8U | bytes[from];
    }
    return type.bytes == 8
               ? std::bit_cast<double>(bits)
               : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
}

/// Place in C order of the entry that stands at place k in Fortran order.
std::size_t in_c_order(std::size_t k, const std::vector<std::size_t>& shape)
{
    std::size_t index = 0;
    std::size_t stride = 1;
    std::array<std::size_t, most_npy_dimensions> digits{};
    for (std::size_t i = 0; i < shape.size(); ++i) {
        digits[i] = k % shape[i];
        k /= shape[i];
    }
    for (std::size_t i = shape.size(); i-- > 0;) {
        index += digits[i] * stride;
        stride *= shape[i];
    }
    return index;
}

} // namespace

bool is_npy(std::string_view bytes)
{
    return bytes.starts_with(npy_magic);
}

NpyArray read_npy(std::string_view bytes, const std::string& name)
{
    if (!is_npy(bytes) || bytes.size() < 12) {
        throw InputError(
            fmt::format("{}: no .npy file: must begin with \\x93NUMPY and a header", name));
    }
    const int version = static_cast<unsigned char>(bytes[6]);
    if (version < 1 || version > 3) {
        throw InputError(fmt::format("{}: .npy version {}: must be in 1..3", name, version));
    }
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    const std::size_t length = little_endian(bytes.substr(8, length_bytes));
    const std::size_t start = 8 + length_bytes + length;
    if (start > bytes.size()) {
        throw InputError(fmt::format("{}: header of {} bytes: the file has only {}", name, length,
                                     bytes.size()));
    }
    const std::string_view header = bytes.substr(8 + length_bytes, length);
    const Type type = type_of(entry(header, "descr", name), name);
    const bool fortran = fortran_order(entry(header, "fortran_order", name), name);
    NpyArray out;
    out.shape = shape_of(entry(header, "shape", name), name);
    out.single = type.bytes == 4;
    std::size_t count = 1;
    for (const std::size_t size : out.shape) {
        count *= size;
    }
    const std::size_t given = bytes.size() - start;
    if (given != count * type.bytes) {
        throw InputError(fmt::format("{}: {} bytes of data: shape ({}) must have {}", name, given,
                                     fmt::join(out.shape, ", "), count * type.bytes));
    }
    out.values.resize(count);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data()) + start;
    for (std::size_t k = 0; k < count; ++k) {
        const double value = value_at(data + k * type.bytes, type);
        if (!std::isfinite(value)) {
            throw InputError(
                fmt::format("{}: entry {} is {}: must be a finite number", name, k, value));
        }
        out.values[fortran ? in_c_order(k, out.shape) : k] = value;
    }
    return out;
}

} // namespace attest::cli
