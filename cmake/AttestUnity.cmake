# attest_unity(<target> <name> <size> <sources...>): with ATTEST_UNITY, compile these sources `size`
# at a time as one. Most of the time of a compiler goes into headers and templates that neighbours
# share. Call it once for a folder: only files of one folder are kept free of names that clash.
# A source with options of its own, or with macros that include it again (Highway), stays alone.
function(attest_unity target name size)
  if(NOT ATTEST_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  set(count 0)
  foreach(source IN LISTS ARGN)
    file(STRINGS ${source} included_again REGEX "HWY_TARGET_INCLUDE" LIMIT_COUNT 1)
    if(NOT included_again)
      math(EXPR group "${count} / ${size}")
      set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${name}_${group})
      math(EXPR count "${count} + 1")
    endif()
  endforeach()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # A class of one source may hold members from its own anonymous namespace.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()
