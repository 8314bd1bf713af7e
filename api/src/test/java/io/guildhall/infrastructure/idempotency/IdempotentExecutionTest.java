package io.guildhall.infrastructure.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.guildhall.infrastructure.idempotency.IdempotencyStore.Lease;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class IdempotentExecutionTest {

    private static final Instant FIRST_USE = Instant.parse("2026-11-28T05:00:00.123456Z");
    private static final byte ONE = 1;
    private static final byte TWO = 2;

    @AfterEach
    void leaveTheRequest() {
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void generatesTheSameForTheSameLabelInAnyOrder() {
        begin(ONE, null);
        UUID organization = IdempotentExecution.newId("organization-id");
        UUID link = IdempotentExecution.newLinkId("link");
        byte[] secret = IdempotentExecution.newSecret("token", 48);

        begin(ONE, 7L);
        assertThat(IdempotentExecution.newSecret("token", 48)).isEqualTo(secret);
        assertThat(IdempotentExecution.newLinkId("link")).isEqualTo(link);
        assertThat(IdempotentExecution.newId("organization-id")).isEqualTo(organization);
        assertThat(IdempotentExecution.newId("membership-id")).isNotEqualTo(organization);

        begin(TWO, null);
        assertThat(IdempotentExecution.newSecret("token", 48)).isNotEqualTo(secret);
        assertThat(IdempotentExecution.newLinkId("link")).isNotEqualTo(link);
        assertThat(IdempotentExecution.newId("organization-id")).isNotEqualTo(organization);
    }

    @Test
    void generatesIdsWithTheTimeOfTheKeysFirstUse() {
        begin(ONE, null);

        assertThat(time(IdempotentExecution.newId("organization-id"))).isEqualTo(FIRST_USE.toEpochMilli());
    }

    @Test
    void generatesVersionFour() {
        begin(ONE, null);
        for (int i = 0; i < 100; i++) {
            assertThat(IdempotentExecution.newId("id " + i))
                    .returns(4, UUID::version)
                    .returns(2, UUID::variant);
            assertThat(IdempotentExecution.newLinkId("link " + i))
                    .returns(4, UUID::version)
                    .returns(2, UUID::variant);
        }
        RequestContextHolder.resetRequestAttributes();
        assertThat(IdempotentExecution.newId("id")).returns(4, UUID::version).returns(2, UUID::variant);
        assertThat(IdempotentExecution.newLinkId("link"))
                .returns(4, UUID::version)
                .returns(2, UUID::variant);
    }

    /** The creation time of what a link leads to must not help to guess the link. */
    @Test
    void generatesLinksAndSecretsWithoutTime() {
        assertThat(beginnings(() -> IdempotentExecution.newLinkId("link").toString()))
                .hasSizeGreaterThan(90);
        assertThat(beginnings(() -> HexFormat.of().formatHex(IdempotentExecution.newSecret("token", 48))))
                .hasSizeGreaterThan(90);
        assertThat(beginnings(() -> IdempotentExecution.newId("id").toString())).hasSizeLessThan(3);
        begin(ONE, null);
        assertThat(time(IdempotentExecution.newLinkId("link"))).isNotEqualTo(FIRST_USE.toEpochMilli());
    }

    private static Set<String> beginnings(Supplier<String> values) {
        Set<String> beginnings = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            beginnings.add(values.get().substring(0, 6));
        }
        return beginnings;
    }

    @Test
    void isRandomWithoutAKey() {
        assertThat(IdempotentExecution.newLinkId("link")).isNotEqualTo(IdempotentExecution.newLinkId("link"));
        assertThat(IdempotentExecution.newId("id")).isNotEqualTo(IdempotentExecution.newId("id"));
        assertThat(IdempotentExecution.current().isReplay()).isFalse();
        assertThat(IdempotentExecution.current().metaData()).isEmpty();
    }

    @Test
    void refusesALabelThatIsUsedTwice() {
        begin(ONE, null);
        IdempotentExecution.newId("id");

        assertThatIllegalStateException().isThrownBy(() -> IdempotentExecution.newId("id"));
    }

    @Test
    void skipsACommandThatIsDone() {
        assertThat(begin(ONE, 7L).beginCommand()).hasValue(7);
        assertThat(IdempotentExecution.current().isReplay()).isTrue();
        assertThat(IdempotentExecution.current().isReplyKept()).isTrue();
        assertThat(begin(ONE, null).beginCommand()).isEmpty();
        assertThat(IdempotentExecution.current().isReplay()).isFalse();
    }

    @Test
    void takesOneCommandThatChangesSomething() {
        IdempotentExecution execution = begin(ONE, null);
        execution.beginCommand();
        execution.endCommand(false);
        execution.beginCommand();
        execution.endCommand(true);

        assertThatIllegalStateException().isThrownBy(execution::beginCommand);
    }

    @Test
    void keepsTheReplyOfARequestThatChangedSomething() {
        IdempotentExecution execution = begin(ONE, null);
        assertThat(execution.isUnchanged()).isTrue();
        execution.beginCommand();
        assertThat(execution.isUnchanged()).as("while the outcome is unknown").isFalse();
        assertThat(execution.isReplyKept()).isFalse();
        execution.endCommand(false);
        assertThat(execution.isUnchanged()).isTrue();
        assertThat(execution.isReplyKept()).isFalse();
        execution.keepReply();
        assertThat(execution.isReplyKept()).isTrue();
    }

    private static IdempotentExecution begin(byte secret, @Nullable Long done) {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        byte[] key = new byte[32];
        Arrays.fill(key, secret);
        return IdempotentExecution.begin(new Lease(
                UUID.randomUUID(),
                UUID.randomUUID(),
                FIRST_USE,
                new SecretKeySpec(key, "HmacSHA256"),
                done,
                done != null));
    }

    private static long time(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
