package io.guildhall.infrastructure.datadirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

class DataDirectoryTest {

    private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

    @TempDir
    private Path temporary;

    private Path path;

    @BeforeEach
    void nameAHome() {
        path = temporary.resolve("a home");
    }

    @Test
    void keepsWhatItMakesForItsOwnerAlone() throws Exception {
        DataDirectory home = directory(null, null, true);

        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(home.directory("mail"))).isEqualTo("rwx------");
        assertThat(permissions(path.resolve("master.key"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("operator.key"))).isEqualTo("rw-------");
    }

    @Test
    void findsItsSecretsAgain() {
        DataDirectory before = directory(null, null, true);
        DataDirectory after = directory(null, null, true);

        assertThat(after.masterKeys().getFirst())
                .hasSize(32)
                .isEqualTo(before.masterKeys().getFirst());
        assertThat(after.operatorKey()).isNotNull().isEqualTo(before.operatorKey());
    }

    @Test
    void closesASecretThatOthersCouldRead() throws Exception {
        directory(null, null, true);
        Files.setPosixFilePermissions(path.resolve("master.key"), PosixFilePermissions.fromString("rw-r--r--"));

        directory(null, null, true);

        assertThat(permissions(path.resolve("master.key"))).isEqualTo("rw-------");
    }

    @Test
    void makesOneMasterKeyForManyThatStartAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> starts = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> Base64.getEncoder()
                            .encodeToString(
                                    directory(null, null, true).masterKeys().getFirst()))
                    .toList();

            assertThat(threads.invokeAll(starts).stream().map(Future::resultNow).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void takesGivenSecretsAndMakesNone() {
        DataDirectory home = directory(KEY, "let me in", true);

        assertThat(home.masterKeys().getFirst()).asBase64Encoded().isEqualTo(KEY);
        assertThat(home.operatorKey()).isEqualTo("let me in");
        assertThat(path.resolve("master.key")).doesNotExist();
        assertThat(path.resolve("operator.key")).doesNotExist();
    }

    @Test
    void makesNoOperatorKeyBesideADatabaseOfSomeoneElse() {
        assertThat(directory(null, null, false).operatorKey()).isNull();
        assertThat(path.resolve("operator.key")).doesNotExist();
    }

    @Test
    void makesNoMasterKeyBesideADatabase() throws Exception {
        directory(null, null, true);
        Files.createDirectory(path.resolve("database"));
        Files.delete(path.resolve("master.key"));

        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> directory(null, null, true))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessageContaining("master key is missing")
                    .hasMessageContaining(path.resolve("master.key").toString());
        }
        assertThat(path.resolve("master.key")).doesNotExist();
    }

    @Test
    void makesNoMasterKeyWhenItsFileVanishes() throws Exception {
        DataDirectory home = directory(null, null, true);
        Files.delete(path.resolve("master.key"));

        assertThatThrownBy(home::masterKeys).isInstanceOf(FailureAnalyzedException.class);
        assertThat(path.resolve("master.key")).doesNotExist();
    }

    @Test
    void refusesAMasterKeyThatIsNone() {
        assertThatThrownBy(() -> directory("c2hvcnQ=", null, true))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("guildhall.master-key")
                .hasMessageNotContaining("c2hvcnQ=");
    }

    @Test
    void saysWhenItCannotBeMade() throws Exception {
        Files.writeString(path, "a file");

        assertThatThrownBy(() -> directory(null, null, true))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("not a directory");
    }

    @Test
    void isBesideItsCallerUnlessItIsNamed() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("guildhall", DataDirectoryProperties.class))
                .isEqualTo(new DataDirectoryProperties(
                        Path.of(".guildhall"), null, List.of(), new DataDirectoryProperties.Operator(null)));
    }

    @Test
    void isDescribedByProperties() {
        var properties = Map.of(
                "guildhall.home", "/srv/guildhall", "guildhall.master-key", KEY, "guildhall.operator.key", "let me in");

        assertThat(new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("guildhall", DataDirectoryProperties.class))
                .isEqualTo(new DataDirectoryProperties(
                        Path.of("/srv/guildhall"), KEY, List.of(), new DataDirectoryProperties.Operator("let me in")));
    }

    @Test
    void doesNotPrintItsSecrets() {
        assertThat(new DataDirectoryProperties(path, KEY, List.of(), new DataDirectoryProperties.Operator("let me in"))
                        .toString())
                .doesNotContain(KEY)
                .doesNotContain("let me in");
    }

    private DataDirectory directory(
            @Nullable String masterKey, @Nullable String operatorKey, boolean embeddedDatabase) {
        return new DataDirectory(
                new DataDirectoryProperties(
                        path, masterKey, List.of(), new DataDirectoryProperties.Operator(operatorKey)),
                embeddedDatabase);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
