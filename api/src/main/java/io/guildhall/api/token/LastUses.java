package io.guildhall.api.token;

import io.guildhall.api.wiring.GuildhallProperties;
import io.guildhall.query.session.SignInLastUse;
import io.guildhall.query.token.LastUse;
import jakarta.annotation.PreDestroy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down every few seconds which API tokens and sign-ins were used (R18). */
@Component
class LastUses {

    private final LastUse tokens;
    private final SignInLastUse signIns;
    private final GuildhallProperties properties;

    LastUses(LastUse tokens, SignInLastUse signIns, GuildhallProperties properties) {
        this.tokens = tokens;
        this.signIns = signIns;
        this.properties = properties;
    }

    @Scheduled(fixedDelay = 5_000)
    @PreDestroy
    void write() {
        tokens.flush();
        signIns.flush();
    }

    @Scheduled(fixedDelay = 60 * 60 * 1000, initialDelay = 60 * 1000)
    void deleteEnded() {
        signIns.deleteOlderThan(properties.signInLifetime());
    }
}
