# Install and export: a program outside the tree says find_package(attest) and links
# attest::attest (tests/consumer is exactly such a program, built by ctest from an installation).
#
# Components, which become Debian packages (AttestPackage.cmake): program is what a user runs and
# reads, development what a C++ program needs.
include(CMakePackageConfigHelpers)

set(ATTEST_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/attest)

install(TARGETS attest_cli attest_check RUNTIME COMPONENT program)
# The reference run, beside which a run is judged when no other baseline is named.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/reports/reference
        DESTINATION ${CMAKE_INSTALL_DATADIR}/attest COMPONENT program OPTIONAL)
# Where TeX of a Debian system looks for style files; elsewhere "attest report" writes it, too.
install(FILES ${PROJECT_SOURCE_DIR}/src/attest/report/latex/attest-margin.sty
        DESTINATION ${CMAKE_INSTALL_DATADIR}/texmf/tex/latex/attest COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md
              ${PROJECT_SOURCE_DIR}/packaging/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program
        FILES_MATCHING PATTERN "*.md" PATTERN "*.json" PATTERN "site" EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples DESTINATION ${CMAKE_INSTALL_DOCDIR}
        COMPONENT program OPTIONAL)

# Manual pages and the change log, compressed as a Debian system wants them, and the completion,
# which only the program itself can write: all made at the time of the installation.
find_program(ATTEST_GZIP gzip REQUIRED)
mark_as_advanced(ATTEST_GZIP)
function(attest_install_output folder file)
  string(JOIN "\" \"" command ${ARGN})
  install(CODE "
    set(folder \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${folder}\")
    file(MAKE_DIRECTORY \"\${folder}\")
    execute_process(COMMAND \"${command}\" OUTPUT_FILE \"\${folder}/${file}\" RESULT_VARIABLE failed)
    if(failed)
      message(FATAL_ERROR \"cannot make \${folder}/${file}: \${failed}\")
    endif()
    message(STATUS \"Installing: \${folder}/${file}\")" COMPONENT program)
endfunction()
foreach(page IN ITEMS attest attest-check)
  attest_install_output(${CMAKE_INSTALL_MANDIR}/man1 ${page}.1.gz
    ${ATTEST_GZIP} -9nc ${PROJECT_SOURCE_DIR}/docs/${page}.1)
endforeach()
attest_install_output(${CMAKE_INSTALL_DOCDIR} changelog.gz
  ${ATTEST_GZIP} -9nc ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
attest_install_output(${CMAKE_INSTALL_DATADIR}/bash-completion/completions attest
  $<TARGET_FILE:attest_cli> completion)

install(TARGETS attest EXPORT attestTargets COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/attest DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development FILES_MATCHING PATTERN "*.hpp")
install(EXPORT attestTargets NAMESPACE attest:: DESTINATION ${ATTEST_CMAKE_DIR}
        COMPONENT development)
configure_package_config_file(
  ${PROJECT_SOURCE_DIR}/cmake/attestConfig.cmake.in ${PROJECT_BINARY_DIR}/attestConfig.cmake
  INSTALL_DESTINATION ${ATTEST_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/attestConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES
  ${PROJECT_BINARY_DIR}/attestConfig.cmake
  ${PROJECT_BINARY_DIR}/attestConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/AttestNumberLibraries.cmake
  DESTINATION ${ATTEST_CMAKE_DIR} COMPONENT development)
install(FILES ${PROJECT_SOURCE_DIR}/packaging/copyright
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libattest-dev COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/tests/consumer
        DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libattest-dev/examples COMPONENT development
        FILES_MATCHING PATTERN "main.cpp" PATTERN "CMakeLists.txt")

if(PROJECT_IS_TOP_LEVEL)
  include(AttestPackage)
endif()
