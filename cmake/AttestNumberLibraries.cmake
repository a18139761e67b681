# GMP, MPFR, FLINT and Arb ship neither CMake nor pkg-config files on Debian 12. The installed
# package uses this file too, so that a program outside the tree finds them the same way.
function(attest_find_c_library target header)
  if(TARGET attest_dep::${target})
    return()
  endif()
  find_path(ATTEST_${target}_INCLUDE ${header} REQUIRED)
  find_library(ATTEST_${target}_LIBRARY NAMES ${ARGN} REQUIRED)
  mark_as_advanced(ATTEST_${target}_INCLUDE ATTEST_${target}_LIBRARY)
  add_library(attest_dep::${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(attest_dep::${target} SYSTEM INTERFACE ${ATTEST_${target}_INCLUDE})
  target_link_libraries(attest_dep::${target} INTERFACE ${ATTEST_${target}_LIBRARY})
endfunction()
attest_find_c_library(gmp gmp.h gmp)
attest_find_c_library(mpfr mpfr.h mpfr)
attest_find_c_library(flint flint/flint.h flint)
attest_find_c_library(arb arb.h flint-arb arb) # Debian's name for the library is flint-arb
