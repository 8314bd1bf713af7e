package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every form in which an event has ever been stored is read as the current version of the event, by the upcasters of the event stores. */
class StoredFormsTest {

    private static final Path SAMPLES = Path.of("../core-domain/src/test/resources/events");

    static Stream<String> everyNameAndVersion() throws IOException {
        return Files.readAllLines(SAMPLES.resolve("types.txt")).stream();
    }

    @ParameterizedTest
    @MethodSource("everyNameAndVersion")
    void areReadAsTheCurrentVersion(String nameAndVersion) throws IOException {
        String[] parts = nameAndVersion.split(" ");
        String payload = Files.readString(SAMPLES.resolve(parts[0] + "." + parts[1] + ".json"));
        var stored = new GenericDomainEventEntry<>(
                "Organization", "stream", 0, "event", Instant.EPOCH, parts[0], parts[1], payload, "{}");

        assertThat(EventStreamUtils.upcastAndDeserializeDomainEvents(
                                Stream.of(stored), EventSerializers.serializer(), EventUpcasters.chain())
                        .asStream())
                .singleElement()
                .satisfies(event -> assertThat(event.getPayloadType()).isEqualTo(EventTypes.find(parts[0])));
    }
}
