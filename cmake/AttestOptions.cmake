# attest_options: the language level, warnings and instrumentation of everything built here.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(ATTEST_CCACHE ccache)
mark_as_advanced(ATTEST_CCACHE)
if(ATTEST_CCACHE AND PROJECT_IS_TOP_LEVEL)
  # The sloppiness lets ccache serve sources that use a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros ${ATTEST_CCACHE})
endif()

add_library(attest_options INTERFACE)
target_compile_features(attest_options INTERFACE cxx_std_20)
target_compile_options(attest_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Woverloaded-virtual -Wdouble-promotion -Wformat=2)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of GCC 12 on std::string operator+ (GCC bug 105651).
  target_compile_options(attest_options INTERFACE -Wno-restrict)
  if(ATTEST_PRECOMPILE)
    # The same false alarms (GCC bugs 105329, 105651), which a precompiled <string> brings out.
    target_compile_options(attest_options INTERFACE -Wno-stringop-overflow -Wno-array-bounds)
  endif()
  if(ATTEST_CCACHE)
    target_compile_options(attest_options INTERFACE -fpch-preprocess)
  endif()
endif()
if(ATTEST_WARNINGS_AS_ERRORS)
  target_compile_options(attest_options INTERFACE -Werror)
endif()
if(ATTEST_SANITIZE)
  target_compile_options(attest_options INTERFACE
    -fsanitize=${ATTEST_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(attest_options INTERFACE -fsanitize=${ATTEST_SANITIZE})
endif()
if(ATTEST_COVERAGE)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "ATTEST_COVERAGE needs clang++; it is ${CMAKE_CXX_COMPILER_ID}")
  endif()
  # Threads may lose counts to each other, but a count that was not 0 does not get 0 by it.
  set(coverage_options -fprofile-instr-generate -fcoverage-mapping)
  target_compile_options(attest_options INTERFACE ${coverage_options})
  target_link_options(attest_options INTERFACE ${coverage_options})
endif()
