package io.guildhall.infrastructure.outbox.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    /** The example of the specification's reference libraries. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void areThoseOfTheSpecification() {
        assertThat(Signatures.sign(List.of(SECRET), ID, TIME, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void areMadeByEachSecret() {
        String other = Signatures.secret(new byte[32]);

        assertThat(Signatures.sign(List.of(other, SECRET), ID, TIME, BODY).split(" "))
                .hasSize(2)
                .endsWith(SIGNATURE);
        assertThat(other).startsWith("whsec_").hasSize(50);
    }
}
