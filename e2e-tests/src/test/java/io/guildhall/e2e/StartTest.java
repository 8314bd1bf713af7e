package io.guildhall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged jar starts with an embedded database and answers. */
@Tag("e2e")
class StartTest {

    @Test
    void answersTheHealthCheckAfterTheFirstStart() throws Exception {
        try (GuildhallProcess service = GuildhallProcess.start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(service.base().resolve("/actuator/health"))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }
}
