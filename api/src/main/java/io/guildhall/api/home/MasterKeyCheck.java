package io.guildhall.api.home;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with another master key than the one that the database was begun with: nobody's personal data could be read, and
 * what is written meanwhile would be lost to the right key.
 */
@Component
@DependsOnDatabaseInitialization
class MasterKeyCheck {

    MasterKeyCheck(Home home, JdbcClient sql) {
        byte[] ours = checkValue(home.masterKey());
        sql.sql("insert into master_key (check_value) values (?) on conflict do nothing")
                .param(ours)
                .update();
        byte[] first = sql.sql("select check_value from master_key")
                .query(byte[].class)
                .single();
        if (!MessageDigest.isEqual(first, ours)) {
            throw new FailureAnalyzedException(
                    "The master key is not the one that this database was begun with.",
                    "Set guildhall.master-key to that key, or put it into %s."
                            .formatted(home.path().resolve("master.key")));
        }
    }

    private static byte[] checkValue(byte[] masterKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(masterKey, "HmacSHA256"));
            return mac.doFinal("io.guildhall master key check".getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
