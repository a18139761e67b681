# cmake -DINPUT=file -DOUTPUT=file.cpp -DHEADER=include -DFUNCTION=ns::f -P EmbedText.cmake
#
# Writes a source file that defines std::string_view FUNCTION() with the text of INPUT. The output
# depends on the text alone, so builds are reproducible.
file(READ "${INPUT}" text)
string(FIND "${text}" ")EMBEDDED\"" clash)
if(NOT clash EQUAL -1)
  message(FATAL_ERROR "${INPUT} contains the delimiter of the raw string that would hold it")
endif()
get_filename_component(source "${INPUT}" NAME)
file(WRITE "${OUTPUT}" "// Made from ${source} by cmake/EmbedText.cmake.
#include \"${HEADER}\"

#pragma GCC diagnostic ignored \"-Woverlength-strings\"

std::string_view ${FUNCTION}()
{
    return R\"EMBEDDED(${text})EMBEDDED\";
}
")
