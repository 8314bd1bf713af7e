package io.guildhall.api.security;

import io.guildhall.infrastructure.encryption.TokenCodec;
import io.guildhall.query.session.CallerView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Counts the outcomes of token checks by kind of token. All counters exist from the start. */
@Component
class TokenMetrics {

    /** The outcome of looking up a token whose checksum is right. */
    private enum Outcome {
        ACCEPTED,
        /** Its user is no longer a member (R17). */
        DEACTIVATED,
        /** Never issued, ended, revoked or expired. */
        UNKNOWN
    }

    private final Counter malformed;
    private final Map<TokenCodec.Kind, Map<Outcome, Counter>> checked = new EnumMap<>(TokenCodec.Kind.class);

    TokenMetrics(MeterRegistry meters) {
        malformed = counter("none", "malformed", meters);
        for (TokenCodec.Kind kind : TokenCodec.Kind.values()) {
            Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(outcome, counter(word(kind), word(outcome), meters));
            }
            checked.put(kind, outcomes);
        }
    }

    private static Counter counter(String kind, String outcome, MeterRegistry meters) {
        return Counter.builder("guildhall.token.checks")
                .description("Checked bearer tokens")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Rejected by its form or checksum, without a query (R18). */
    void malformed() {
        malformed.increment();
    }

    void checked(TokenCodec.Kind kind, @Nullable CallerView found) {
        Outcome outcome = found == null
                ? Outcome.UNKNOWN
                : kind == TokenCodec.Kind.API && !found.member() ? Outcome.DEACTIVATED : Outcome.ACCEPTED;
        Map<Outcome, Counter> outcomes = checked.get(kind);
        if (outcomes != null) {
            Counter counter = outcomes.get(outcome);
            if (counter != null) {
                counter.increment();
            }
        }
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
