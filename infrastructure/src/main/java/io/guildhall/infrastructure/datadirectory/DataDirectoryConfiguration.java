package io.guildhall.infrastructure.datadirectory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataDirectoryProperties.class)
public class DataDirectoryConfiguration {

    @Bean
    DataDirectory dataDirectory(DataDirectoryProperties properties, Environment environment) {
        return new DataDirectory(properties, DataDirectory.hasEmbeddedDatabase(environment));
    }
}
