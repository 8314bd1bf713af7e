package io.guildhall.api.token;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.api.config.GuildhallProperties;
import io.guildhall.infrastructure.jobs.JobScheduler;
import io.guildhall.query.session.SignInLastUse;
import io.guildhall.query.token.TokenUsageRecorder;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down every few seconds which API tokens and sign-ins were used (R18). */
@Component
class TokenUsageFlusher {

    private final TokenUsageRecorder tokens;
    private final SignInLastUse signIns;

    TokenUsageFlusher(TokenUsageRecorder tokens, SignInLastUse signIns) {
        this.tokens = tokens;
        this.signIns = signIns;
    }

    @Scheduled(fixedDelay = 5_000)
    @PreDestroy
    void write() {
        tokens.flush();
        signIns.flush();
    }

    @Bean
    static RecurringTask<Void> signInUsesCleanup(SignInLastUse signIns, GuildhallProperties properties) {
        return JobScheduler.job(
                "sign-in-uses-cleanup",
                Duration.ofHours(1),
                () -> signIns.deleteOlderThan(properties.signInLifetime()));
    }
}
