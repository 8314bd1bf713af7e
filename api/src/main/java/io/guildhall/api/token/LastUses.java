package io.guildhall.api.token;

import io.guildhall.query.token.LastUse;
import jakarta.annotation.PreDestroy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** R18: writes down every few seconds which API tokens were used. */
@Component
class LastUses {

    private final LastUse lastUse;

    LastUses(LastUse lastUse) {
        this.lastUse = lastUse;
    }

    @Scheduled(fixedDelay = 5_000)
    @PreDestroy
    void write() {
        lastUse.flush();
    }
}
