package io.guildhall.infrastructure.outbox.webhook;

import io.guildhall.domain.shared.PersonalDataCipher;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The secrets that receivers know. */
@Repository
public class SigningSecrets {

    private final JdbcClient jdbc;
    private final PersonalDataCipher personalData;

    SigningSecrets(JdbcClient jdbc, PersonalDataCipher personalData) {
        this.jdbc = jdbc;
        this.personalData = personalData;
    }

    /** Those that sign now, the current one first; none when the webhook is gone. */
    public List<String> of(UUID organization, UUID webhook) {
        return jdbc.sql("""
                        select sealed from webhook_secrets
                        where webhook = ? and (signs_until is null or signs_until > now())
                        order by made_at desc
                        """).param(webhook).query(String.class).list().stream()
                .map(each -> personalData.open(organization, each))
                .filter(Objects::nonNull)
                .toList();
    }
}
