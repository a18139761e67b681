# Everything comes from Debian packages by name; scripts/install-dependencies lists them.
find_package(Boost 1.81 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(Threads REQUIRED)
include(AttestNumberLibraries)
attest_find_c_library(hdf5 hdf5.h hdf5_serial hdf5) # of the program alone
# Headers alone, and only the library's own sources include them.
find_path(ATTEST_random123_INCLUDE Random123/philox.h REQUIRED)
mark_as_advanced(ATTEST_random123_INCLUDE)
# KaTeX is embedded into the program, which sets the mathematics of its HTML reports with it.
set(katex_folders /usr/share/javascript/katex /usr/share/nodejs/katex/dist)
find_file(ATTEST_katex_SCRIPT katex.min.js PATHS ${katex_folders} REQUIRED)
find_file(ATTEST_katex_STYLE katex.min.css PATHS ${katex_folders} REQUIRED)
find_path(ATTEST_katex_FONTS KaTeX_Main-Regular.woff2
          PATHS /usr/share/fonts/truetype/katex /usr/share/javascript/katex/fonts REQUIRED)
mark_as_advanced(ATTEST_katex_SCRIPT ATTEST_katex_STYLE ATTEST_katex_FONTS)
