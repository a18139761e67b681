# cmake -DSOURCE_DIR= -DVERSION= -DCOMPILER= -DBUILD_TYPE= -DTEMPLATE= -DOUTPUT= -P BuildInfo.cmake
find_program(GIT git)
set(COMMIT unknown)
if(GIT)
  execute_process(COMMAND ${GIT} -C ${SOURCE_DIR} describe --always --dirty --abbrev=12
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE
                  ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(COMMIT ${described})
  endif()
endif()
configure_file(${TEMPLATE} ${OUTPUT} @ONLY)
