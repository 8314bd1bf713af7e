package io.guildhall.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.organization.NameClaimEvent;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationLocked;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.shared.DomainEvent;
import io.guildhall.domain.shared.EventType;
import io.guildhall.domain.token.TokenEvent.TokenEdited;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import io.guildhall.domain.user.EmailClaimEvent;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stored events remain readable. Samples are never edited: a new event adds a sample and a line in {@code types.txt}. Each
 * change of a stored form, including a new field, is a new version with its own line and sample {@code <name>.2.json}.
 */
class StoredEventsTest {

    /**
     * The components that may be clear text (R20: personal data is encrypted). All others are encrypted or hashed text,
     * ids, times and numbers.
     */
    private static final Set<String> CLEAR_TEXT = Set.of(
            "DeactivationStarted.reason",
            "EmailChangeConfirmed.by",
            "EmailValidated.proof",
            "MemberInvited.role",
            "MemberJoined.role",
            "NameClaimed.name",
            "NameReleased.name",
            "OrganizationDeleted.name",
            "OrganizationCreated.name",
            "OrganizationCreated.plan",
            "OrganizationRenamed.from",
            "OrganizationRenamed.to",
            "PasswordSet.reason",
            "PlanChanged.from",
            "PlanChanged.to",
            "SessionEnded.reason",
            "SessionStarted.cause",
            "SignInEnded.reason",
            "TokenDeactivated.reason",
            "TokenIssued.type",
            "TokenRevoked.reason",
            "WebhookChanged.types",
            "WebhookCreated.types",
            "WebhookDisabled.reason");

    /** Configured as in the application: a missing field is null, an unknown field is ignored. */
    private final Serializer serializer =
            Jackson3Serializer.builder().lenientDeserialization().build();

    private final JsonMapper json = new JsonMapper();

    static List<Class<?>> everyEvent() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void areReadFromTheirStoredForm(Class<?> event) {
        assertThat(read(sample(event), event)).isEqualTo(expected(event)).hasNoNullFieldsOrProperties();
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void areStillStoredInThatForm(Class<?> event) {
        String stored = serializer.serialize(expected(event), String.class).getData();

        assertThat(json.readTree(stored)).isEqualTo(json.readTree(sample(event)));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void areReadThoughALaterVersionSaysMore(Class<?> event) {
        ObjectNode later = (ObjectNode) json.readTree(sample(event));
        later.put("saidSince", "more").putObject("andMore").put("deep", 1);

        assertThat(read(later.toString(), event)).isEqualTo(expected(event));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void keepNothingOfAPersonInClearText(Class<?> event) {
        assertThat(event.getRecordComponents())
                .filteredOn(component -> component.getType() == String.class)
                .extracting(RecordComponent::getName)
                .filteredOn(name -> !name.startsWith("encrypted") && !name.endsWith("Hash"))
                .allSatisfy(name -> assertThat(CLEAR_TEXT).contains(event.getSimpleName() + "." + name));
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void areMadeOfTheJdksOwnTypes(Class<?> event) {
        assertThat(event.getRecordComponents())
                .isNotEmpty()
                .extracting(RecordComponent::getType)
                .isSubsetOf(UUID.class, String.class, Instant.class, int.class, boolean.class, List.class);
    }

    /** Each event of an organization or user names that trail (R19); events of claims name none. */
    @ParameterizedTest
    @MethodSource("everyEvent")
    void nameTheirTrail(Class<?> event) throws ReflectiveOperationException {
        Record sample = expected(event);
        Object trail = switch (sample) {
            case EmailClaimEvent _ -> null;
            case NameClaimEvent _ -> null;
            case UserEvent _ -> event.getMethod("user").invoke(sample);
            case SessionEvent _ -> event.getMethod("user").invoke(sample);
            default -> event.getMethod("organization").invoke(sample);
        };

        assertThat(sample)
                .isInstanceOfSatisfying(
                        DomainEvent.class, it -> assertThat(it.trail()).isEqualTo(trail));
    }

    /**
     * Names and versions never change: clients, exports and proofs contain them. A new event or version adds a line.
     */
    @Test
    void keepTheNamesTheyAreStoredUnder() {
        assertThat(text("types.txt").lines())
                .containsExactlyInAnyOrderElementsOf(everyEvent().stream()
                        .flatMap(event -> IntStream.rangeClosed(1, version(event))
                                .mapToObj(version -> EventTypes.nameOf(event) + " " + version))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void areFoundByTheirName(Class<?> event) {
        assertThat(EventTypes.find(EventTypes.nameOf(event))).isEqualTo(event);
    }

    @Test
    void eachHaveASampleAndNoSampleIsWithoutOne() {
        assertThat(StoredEvents.ALL).hasSameSizeAs(everyEvent());
        assertThat(StoredEvents.ALL.stream().<Class<?>>map(Record::getClass).collect(toSet()))
                .containsExactlyInAnyOrderElementsOf(everyEvent());
    }

    @ParameterizedTest
    @MethodSource("everyEventThatCanLackSomething")
    void areReadWhereSomethingIsAbsentOrNull(Class<?> event, Set<String> lacking) {
        ObjectNode absent = (ObjectNode) json.readTree(sample(event));
        absent.remove(lacking);
        ObjectNode empty = (ObjectNode) json.readTree(sample(event));
        lacking.forEach(empty::putNull);

        assertThat(read(absent.toString(), event))
                .isEqualTo(read(empty.toString(), event))
                .usingRecursiveComparison()
                .ignoringFields(lacking.toArray(String[]::new))
                .isEqualTo(expected(event));
    }

    static Stream<Arguments> everyEventThatCanLackSomething() {
        return Stream.of(
                Arguments.of(MemberInvited.class, Set.of("inviter")),
                Arguments.of(OrganizationLocked.class, Set.of("encryptedReason")),
                Arguments.of(WebhookCreated.class, Set.of("user")),
                Arguments.of(WebhookChanged.class, Set.of("user")),
                Arguments.of(WebhookEnabled.class, Set.of("user")),
                Arguments.of(
                        SessionStarted.class,
                        Set.of(
                                "organization",
                                "sessionToken",
                                "encryptedOrigin",
                                "signIn",
                                "signedInAt",
                                "signInEndsAt",
                                "authenticatedAt",
                                "parent",
                                "scopes")),
                Arguments.of(
                        TokenIssued.class,
                        Set.of(
                                "encryptedName",
                                "encryptedDescription",
                                "expiresAt",
                                "scopes",
                                "parentToken",
                                "parentSession")),
                Arguments.of(TokenEdited.class, Set.of("encryptedName", "encryptedDescription")));
    }

    private Object read(String stored, Class<?> event) {
        return serializer.deserialize(new SimpleSerializedObject<>(stored, String.class, event.getName(), null));
    }

    private static Record expected(Class<?> event) {
        return StoredEvents.ALL.stream()
                .filter(event::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing says what the sample of " + event + " must be"));
    }

    private static String sample(Class<?> event) {
        return text("%s.%d.json".formatted(EventTypes.nameOf(event), version(event)));
    }

    private static int version(Class<?> event) {
        return event.getAnnotation(EventType.class).version();
    }

    private static String text(String name) {
        try (InputStream stored = StoredEventsTest.class.getResourceAsStream("/events/" + name)) {
            assertThat(stored).as("a stored sample in events/%s", name).isNotNull();
            return new String(stored.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
