# attest_test(<name> <sources...>): one test program from GoogleTest and RapidCheck sources.
#
# Each TEST and RC_GTEST_PROP becomes a test of its own in ctest, named <name>.<suite>.<case>.
# Property tests are repeatable: seed and number of cases are set here and nowhere else. To replay
# a failure, run the program with the RC_PARAMS that it prints.
find_package(GTest 1.12 REQUIRED)
find_package(rapidcheck REQUIRED)
include(GoogleTest)

if(ATTEST_PRECOMPILE)
  add_library(attest_test_headers OBJECT ${CMAKE_CURRENT_LIST_DIR}/empty.cpp)
  target_link_libraries(attest_test_headers PRIVATE
    attest::attest attest_options GTest::gtest rapidcheck_gtest)
  target_compile_options(attest_test_headers PRIVATE $<$<CONFIG:Release>:-O1>)
  target_precompile_headers(attest_test_headers PRIVATE
    <gtest/gtest.h> <rapidcheck/gtest.h> <map> <string> <vector>
    [["attest/numbers/ball.hpp"]] [["attest/numbers/expr.hpp"]] [["attest/numbers/real.hpp"]])
endif()

function(attest_test name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE
    attest::attest attest_theorems attest_options GTest::gtest_main rapidcheck_gtest)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  # The time of a test is spent in the library; its own code is compiled quickly instead.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  if(TARGET attest_test_headers)
    target_precompile_headers(${name} REUSE_FROM attest_test_headers)
  endif()
  gtest_discover_tests(${name}
    TEST_PREFIX ${name}.
    DISCOVERY_MODE PRE_TEST
    DISCOVERY_TIMEOUT 120
    PROPERTIES
      TIMEOUT 600
      ENVIRONMENT "RC_PARAMS=seed=${ATTEST_TEST_SEED} max_success=${ATTEST_TEST_CASES}")
endfunction()
