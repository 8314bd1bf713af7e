package io.guildhall.api.config;

import org.axonframework.commandhandling.CommandHandler;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;

/** Finds the domain's command handlers: any class with a method that handles one. */
class CommandHandlerFilter implements TypeFilter {

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
        return reader.getAnnotationMetadata().hasAnnotatedMethods(CommandHandler.class.getName());
    }
}
