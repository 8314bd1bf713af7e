package io.guildhall.api.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.api.secret.MasterKey;
import io.guildhall.api.secret.MasterKeys;
import io.guildhall.query.rebuild.Rebuilder;
import io.guildhall.testing.TestDatabase;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

class OlderBackupTest {

    private static final String THEN = "202611240050";
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    @TempDir
    private Path directory;

    /** As of a database that had neither root secrets nor generations of keys. */
    @Test
    void isRestoredAndMigrated() throws Exception {
        DataSource then = TestDatabase.empty().dataSource();
        Schema.migrate(then, THEN);
        JdbcTemplate sql = new JdbcTemplate(then);
        UUID subject = UUID.randomUUID();
        byte[] check = MasterKeys.checkValue(KEY);
        sql.update("insert into master_key (check_value) values (?)", check);
        sql.update("insert into personal_keys (subject, wrapped) values (?, ?)", subject, new byte[] {1, 2});
        sql.update("insert into token_last_use (token, at) values (?, now())", subject);
        Path file = directory.resolve("old.backup");
        MasterKey master = purpose -> MasterKeys.sign(KEY, ("guildhall/" + purpose).getBytes(UTF_8));
        try (OutputStream out = Files.newOutputStream(file);
                Connection connection = then.getConnection()) {
            connection.setAutoCommit(false);
            new Backup(then, List.of())
                    .write(connection, new Backup.Origin(THEN, check, MasterKeys.wrapIdentity(KEY, KEY)), master, out);
        }
        TestDatabase now = TestDatabase.empty();

        try (ConfigurableApplicationContext context = BackupWiring.start(
                        List.of(
                                "--guildhall.home=" + directory.resolve("home"),
                                "--guildhall.master-key=" + Base64.getEncoder().encodeToString(KEY),
                                "--spring.datasource.url=" + now.url(),
                                "--spring.datasource.username=" + now.username(),
                                "--spring.datasource.password=" + now.password()),
                        false);
                Archive archive = Archive.open(file, List.of(KEY))) {
            new Restore(now.dataSource(), () -> context.getBean(Rebuilder.class)).from(archive);
        }

        assertThat(Schema.current(now.dataSource())).isEqualTo(Schema.newest()).isGreaterThan(THEN);
        JdbcTemplate restored = new JdbcTemplate(now.dataSource());
        assertThat(restored.queryForObject(
                        "select generation from personal_keys where subject = ?", Integer.class, subject))
                .isZero();
        assertThat(restored.queryForObject("select count(*) from token_last_use", Long.class))
                .isEqualTo(1);
    }
}
