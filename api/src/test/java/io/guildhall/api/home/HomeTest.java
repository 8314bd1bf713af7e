package io.guildhall.api.home;

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

class HomeTest {

    private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void nameAHome() {
        path = directory.resolve("a home");
    }

    @Test
    void keepsWhatItMakesForItsOwnerAlone() throws Exception {
        Home home = home(null, null, true);

        assertThat(permissions(path)).isEqualTo("rwx------");
        assertThat(permissions(home.directory("mail"))).isEqualTo("rwx------");
        assertThat(permissions(path.resolve("master.key"))).isEqualTo("rw-------");
        assertThat(permissions(path.resolve("operator.key"))).isEqualTo("rw-------");
    }

    @Test
    void findsItsSecretsAgain() {
        Home before = home(null, null, true);
        Home after = home(null, null, true);

        assertThat(after.masterKeys().getFirst())
                .hasSize(32)
                .isEqualTo(before.masterKeys().getFirst());
        assertThat(after.operatorKey()).isNotNull().isEqualTo(before.operatorKey());
    }

    @Test
    void closesASecretThatOthersCouldRead() throws Exception {
        home(null, null, true);
        Files.setPosixFilePermissions(path.resolve("master.key"), PosixFilePermissions.fromString("rw-r--r--"));

        home(null, null, true);

        assertThat(permissions(path.resolve("master.key"))).isEqualTo("rw-------");
    }

    @Test
    void makesOneMasterKeyForManyThatStartAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> starts = IntStream.range(0, 8)
                    .<Callable<String>>mapToObj(i -> () -> Base64.getEncoder()
                            .encodeToString(home(null, null, true).masterKeys().getFirst()))
                    .toList();

            assertThat(threads.invokeAll(starts).stream().map(Future::resultNow).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void takesGivenSecretsAndMakesNone() {
        Home home = home(KEY, "let me in", true);

        assertThat(home.masterKeys().getFirst()).asBase64Encoded().isEqualTo(KEY);
        assertThat(home.operatorKey()).isEqualTo("let me in");
        assertThat(path.resolve("master.key")).doesNotExist();
        assertThat(path.resolve("operator.key")).doesNotExist();
    }

    @Test
    void makesNoOperatorKeyBesideADatabaseOfSomeoneElse() {
        assertThat(home(null, null, false).operatorKey()).isNull();
        assertThat(path.resolve("operator.key")).doesNotExist();
    }

    @Test
    void makesNoMasterKeyBesideADatabase() throws Exception {
        home(null, null, true);
        Files.createDirectory(path.resolve("database"));
        Files.delete(path.resolve("master.key"));

        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> home(null, null, true))
                    .isInstanceOf(FailureAnalyzedException.class)
                    .hasMessageContaining("master key is missing")
                    .hasMessageContaining(path.resolve("master.key").toString());
        }
        assertThat(path.resolve("master.key")).doesNotExist();
    }

    @Test
    void makesNoMasterKeyWhenItsFileVanishes() throws Exception {
        Home home = home(null, null, true);
        Files.delete(path.resolve("master.key"));

        assertThatThrownBy(home::masterKeys).isInstanceOf(FailureAnalyzedException.class);
        assertThat(path.resolve("master.key")).doesNotExist();
    }

    @Test
    void refusesAMasterKeyThatIsNone() {
        assertThatThrownBy(() -> home("c2hvcnQ=", null, true))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("guildhall.master-key")
                .hasMessageNotContaining("c2hvcnQ=");
    }

    @Test
    void saysWhenItCannotBeMade() throws Exception {
        Files.writeString(path, "a file");

        assertThatThrownBy(() -> home(null, null, true))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("no directory");
    }

    @Test
    void isBesideItsCallerUnlessItIsNamed() {
        assertThat(new Binder(new MapConfigurationPropertySource()).bindOrCreate("guildhall", HomeProperties.class))
                .isEqualTo(
                        new HomeProperties(Path.of(".guildhall"), null, List.of(), new HomeProperties.Operator(null)));
    }

    @Test
    void isDescribedByProperties() {
        var properties = Map.of(
                "guildhall.home", "/srv/guildhall", "guildhall.master-key", KEY, "guildhall.operator.key", "let me in");

        assertThat(new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("guildhall", HomeProperties.class))
                .isEqualTo(new HomeProperties(
                        Path.of("/srv/guildhall"), KEY, List.of(), new HomeProperties.Operator("let me in")));
    }

    @Test
    void doesNotPrintItsSecrets() {
        assertThat(new HomeProperties(path, KEY, List.of(), new HomeProperties.Operator("let me in")).toString())
                .doesNotContain(KEY)
                .doesNotContain("let me in");
    }

    private Home home(@Nullable String masterKey, @Nullable String operatorKey, boolean holdsDatabase) {
        return new Home(
                new HomeProperties(path, masterKey, List.of(), new HomeProperties.Operator(operatorKey)),
                holdsDatabase);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
