package io.guildhall.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

class KeyConverterTest {

    @TempDir
    private Path directory;

    @Test
    void takesAValueOrAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("operator.key"), "of the file\n");

        assertThat(new KeyConverter().convert("of the command line")).isEqualTo("of the command line");
        assertThat(new KeyConverter().convert("@" + file)).isEqualTo("of the file");
    }

    @Test
    void namesAFileThatCannotBeRead() {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new KeyConverter().convert("@" + directory.resolve("missing")))
                .withMessageContaining("missing");
    }
}
