set(work ${BUILD_DIR}/package-test)
set(prefix ${work}/prefix)
file(REMOVE_RECURSE ${work})

function(run)
  execute_process(COMMAND ${ARGV} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    list(JOIN ARGV " " line)
    message(FATAL_ERROR "${line}: ${code}\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD_DIR} --prefix ${prefix})

# The installed program finds its templates, its rule pages and the drawing module from where it stands.
set(program ${prefix}/bin/flowproof)
run(${program} new licence -o ${work}/mine.flow.xml)
run(${program} check ${work}/mine.flow.xml)
run(${program} explain dead-end)
run(${program} render ${work}/mine.flow.xml -o ${work}/mine.svg -o ${work}/mine.pdf)

run(${CMAKE_COMMAND} -S ${CONSUMER_DIR} -B ${work}/consumer -G ${GENERATOR} -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS} -DCMAKE_BUILD_TYPE=${BUILD_TYPE})
run(${CMAKE_COMMAND} --build ${work}/consumer)
run(${work}/consumer/consumer ${prefix}/share/flowproof ${SOURCE_DIR}/samples/food.flow.xml ${work}/consumer.svg)
file(SIZE ${work}/consumer.svg size)
if(size LESS 1000)
  message(FATAL_ERROR "the consumer drew only ${size} bytes")
endif()
