include(CMakePackageConfigHelpers)

install(TARGETS flowproof flowproof_warnings EXPORT flowproofTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(TARGET flowproof_program)
  install(TARGETS flowproof_program EXPORT flowproofTargets RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(TARGETS flowproof_graphviz RUNTIME DESTINATION ${CMAKE_INSTALL_LIBDIR}/flowproof)
install(TARGETS flowproof_cairo flowproof_records flowproof_xlsx flowproof_xml LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/flowproof)
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY templates DESTINATION ${CMAKE_INSTALL_DATADIR}/flowproof)
install(DIRECTORY docs/rules DESTINATION ${CMAKE_INSTALL_DATADIR}/flowproof)
install(EXPORT flowproofTargets NAMESPACE flowproof::
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/flowproof)
configure_package_config_file(cmake/flowproofConfig.cmake.in ${PROJECT_BINARY_DIR}/flowproofConfig.cmake
        INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/flowproof)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/flowproofConfigVersion.cmake
        COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/flowproofConfig.cmake ${PROJECT_BINARY_DIR}/flowproofConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/flowproof)
