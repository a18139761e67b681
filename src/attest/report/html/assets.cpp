#include "attest/report/html/assets.hpp"

#include <fmt/format.h>

namespace attest::report {

std::string base64(std::string_view data)
{
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((data.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < data.size(); i += 3) {
        unsigned bits = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            bits <<= 8U;
            bits |= i + k < data.size() ? static_cast<unsigned char>(data[i + k]) : 0U;
        }
        for (std::size_t k = 0; k < 4; ++k) {
            out += i + k > data.size() ? '=' : digits[(bits >> (18U - 6U * k)) & 63U];
        }
    }
    return out;
}

std::string katex_css()
{
    std::string out;
    for (const EmbeddedFont& font : katex_fonts()) {
        out += fmt::format("@font-face{{font-family:{};font-weight:{};font-style:{};"
                           "src:url(data:font/woff2;base64,{}) format('woff2')}}\n",
                           font.family, font.weight, font.style, base64(font.data));
    }
    return out + std::string(katex_style());
}

} // namespace attest::report
