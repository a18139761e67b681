# cmake -DSTYLE=katex.min.css -DSCRIPT=katex.min.js -DFONTS=folder -DOUTPUT=file.cpp -P EmbedKatex.cmake
#
# Writes a source file with KaTeX: its style sheet without the fonts, its script, and those fonts
# that the mathematics of reports needs, as bytes. The output depends on these files alone.
set(fonts
  AMS-Regular Caligraphic-Regular Main-Bold Main-Italic Main-Regular Math-Italic
  Size1-Regular Size2-Regular Size3-Regular Size4-Regular)

file(READ "${STYLE}" style)
string(REGEX REPLACE "@font-face{[^}]*}" "" style "${style}")
file(READ "${SCRIPT}" script)
foreach(text IN ITEMS style script)
  foreach(clash IN ITEMS ")EMBEDDED\"" "</script" "</style" "<!--")
    string(FIND "${${text}}" "${clash}" place)
    if(NOT place EQUAL -1)
      message(FATAL_ERROR "KaTeX's ${text} contains '${clash}' and cannot be embedded")
    endif()
  endforeach()
endforeach()
if(NOT script MATCHES "version:\"([0-9.]+)\"")
  message(FATAL_ERROR "${SCRIPT} does not say which version of KaTeX it is")
endif()
set(version "${CMAKE_MATCH_1}")

function(as_bytes file result)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  set(${result} "{${bytes}}" PARENT_SCOPE)
endfunction()

# The script has characters that compilers warn of in a literal.
as_bytes("${SCRIPT}" bytes)
set(arrays "constexpr unsigned char script[] = ${bytes};\n")
set(table "")
set(number 0)
foreach(font IN LISTS fonts)
  string(REPLACE "-" ";" parts "${font}")
  list(GET parts 0 family)
  list(GET parts 1 face)
  set(weight 400)
  set(slant normal)
  if(face STREQUAL "Bold")
    set(weight 700)
  elseif(face STREQUAL "Italic")
    set(slant italic)
  endif()
  as_bytes("${FONTS}/KaTeX_${font}.woff2" bytes)
  string(APPEND arrays "constexpr unsigned char font_${number}[] = ${bytes};\n")
  string(APPEND table
    "        {\"KaTeX_${family}\", \"${weight}\", \"${slant}\", bytes(font_${number})},\n")
  math(EXPR number "${number} + 1")
endforeach()

file(WRITE "${OUTPUT}" "// Made from KaTeX ${version} by cmake/EmbedKatex.cmake.
#include \"attest/report/html/assets.hpp\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"

namespace attest::report {
namespace {

${arrays}
template <std::size_t n>
std::string_view bytes(const unsigned char (&array)[n])
{
    return {reinterpret_cast<const char*>(array), n};
}

} // namespace

std::string_view katex_version()
{
    return \"${version}\";
}

std::string_view katex_style()
{
    return R\"EMBEDDED(${style}
)EMBEDDED\";
}

std::string_view katex_script()
{
    return bytes(script);
}

const std::vector<EmbeddedFont>& katex_fonts()
{
    static const std::vector<EmbeddedFont> fonts = {
${table}    };
    return fonts;
}

} // namespace attest::report
")
