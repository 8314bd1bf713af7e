package io.guildhall.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the value of an option {@code --key}: the key itself, or {@code @FILE}. */
public final class KeyConverter implements ITypeConverter<String> {

    @Override
    public String convert(String value) {
        if (!value.startsWith("@")) {
            return value.strip();
        }
        String file = value.substring(1);
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new TypeConversionException("the file %s cannot be read".formatted(file));
        }
    }
}
