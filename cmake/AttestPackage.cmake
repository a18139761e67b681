# cpack -G DEB in the build folder (scripts/package does both) makes two Debian packages: attest, the
# programs with their documentation, and libattest-dev.
set(CPACK_PACKAGE_NAME attest)
set(CPACK_PACKAGE_VENDOR "the attest authors")
set(CPACK_PACKAGE_CONTACT "the attest authors <attest@authors.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_SOURCE_GENERATOR TGZ)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_COMPONENT_PROGRAM_DESCRIPTION
"decides the statements of a paper on attention dynamics
 For every checkable statement of \"Normalization in Attention Dynamics\" attest says whether it
 holds, how surely and over which parameters, by exact algebra, ball arithmetic and validated
 integration; certificates of what was proved are re-checked by a second program, attest-check.")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME attest)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION math)
# The versions of the libraries it was linked with, as dpkg-shlibdeps finds them.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS
    "latexmk, texlive-latex-extra, texlive-pictures, lmodern")

set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"attention dynamics with proven error bounds, for C++ programs
 The library behind attest, static, with its headers and the files for find_package(attest).")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libattest-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)
# What AttestNumberLibraries.cmake and attestConfig.cmake look for.
string(JOIN ", " CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libboost1.81-dev" "libeigen3-dev" "libfmt-dev" "nlohmann-json3-dev" "libgmp-dev" "libmpfr-dev"
  "libflint-dev" "libflint-arb-dev" "libhwy-dev" "libnlopt-cxx-dev" "libdnnl-dev")
include(CPack)
