# Install and export: a program outside the tree says find_package(attest) and links
# attest::attest (tests/consumer is exactly such a program, built by ctest from an installation).
include(CMakePackageConfigHelpers)

set(ATTEST_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/attest)

install(TARGETS attest EXPORT attestTargets)
install(TARGETS attest_cli attest_check)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/attest DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.hpp")
# The reference run, beside which a run is judged when no other baseline is named.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/reports/reference
        DESTINATION ${CMAKE_INSTALL_DATADIR}/attest OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/docs/attest.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

install(EXPORT attestTargets NAMESPACE attest:: DESTINATION ${ATTEST_CMAKE_DIR})
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/attestConfig.cmake.in ${PROJECT_BINARY_DIR}/attestConfig.cmake
  INSTALL_DESTINATION ${ATTEST_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/attestConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/attestConfig.cmake
  ${PROJECT_BINARY_DIR}/attestConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/AttestNumberLibraries.cmake
  DESTINATION ${ATTEST_CMAKE_DIR})
