package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.query.membership.MembershipView;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListSerializerTest {

    private static final List<JavaClass> OURS = new ClassFileImporter()
            .importPackages("io.guildhall.domain", "io.guildhall.query").stream()
                    .toList();

    private final AllowListSerializer serializer = new AllowListSerializer();

    @ParameterizedTest
    @MethodSource({"commands", "queries", "views", "rejections"})
    void isTheSameInAnotherProcess(Class<?> type) throws Exception {
        Object here = specimen(type);

        assertThat(travelled(here)).isEqualTo(here);
    }

    static Stream<Class<?>> commands() {
        return handlers(CommandHandler.class)
                .map(it -> it.getRawParameterTypes().getFirst().reflect());
    }

    static Stream<Class<?>> queries() {
        return handlers(QueryHandler.class)
                .map(it -> it.getRawParameterTypes().getFirst().reflect());
    }

    /** A list or an optional would not arrive as one: it has to be within a record. */
    static Stream<Class<?>> views() {
        return handlers(QueryHandler.class)
                .<Class<?>>map(it -> it.getRawReturnType().reflect())
                .distinct();
    }

    static Stream<Class<?>> rejections() {
        return Stream.of(Rejection.class);
    }

    private static Stream<JavaMethod> handlers(Class<? extends java.lang.annotation.Annotation> kind) {
        return OURS.stream().flatMap(it -> it.getMethods().stream()).filter(it -> it.isAnnotatedWith(kind));
    }

    @Test
    void readsAReplayToken() {
        Object token = ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(7), null);

        assertThat(travelled(token)).isEqualTo(token);
    }

    @Test
    void readsWhatAQueryIsToBeAnsweredWith() {
        var answer = ResponseTypes.instanceOf(MembershipView.class);

        assertThat(travelled(answer)).isEqualTo(answer);
    }

    @Test
    void looksForNoOtherClassToAnswerWith() {
        var answer = ResponseTypes.instanceOf(javax.script.ScriptEngineManager.class);

        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> travelled(answer));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.ArrayList",
                "java.net.URL",
                "javax.script.ScriptEngineManager",
                "org.springframework.context.support.ClassPathXmlApplicationContext",
                "org.axonframework.eventhandling.GenericEventMessage",
                "io.guildhall.api.GuildhallApplication",
                "io.guildhall.infrastructure.eventstore.AllowListSerializerTest$Gadget",
                "no.such.Type"
            })
    void makesNothingOfAnyOtherType(String type) {
        Object read = serializer.deserialize(new SimpleSerializedObject<>("{\"value\":1}", String.class, type, null));

        assertThat(read).isInstanceOf(UnknownSerializedType.class);
    }

    /** A class of ours, but none that is sent. */
    static class Gadget {
        public void setValue(int value) {
            throw new AssertionError("made");
        }
    }

    private Object travelled(Object here) {
        return serializer.deserialize(serializer.serialize(here, byte[].class));
    }

    private static Object specimen(Class<?> type) throws ReflectiveOperationException {
        assertThat(type).isRecord();
        RecordComponent[] parts = type.getRecordComponents();
        var values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = value(parts[i].getGenericType(), parts[i].getName());
        }
        var constructor = type.getDeclaredConstructor(
                Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(Type type, String name) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "List", "Collection" -> List.of(value(of[0], name));
                case "Map" -> Map.of(value(of[0], name), value(of[1], name));
                case "SequencedMap" -> {
                    SequencedMap<Object, Object> map = new TreeMap<>();
                    map.put(value(of[0], name), value(of[1], name));
                    yield map;
                }
                default -> throw new AssertionError("No specimen of " + type);
            };
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class || plain == Object.class) {
            return "some " + name + " “é”";
        }
        if (plain == UUID.class) {
            return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (plain == Instant.class) {
            return Instant.parse("2026-11-25T12:34:56.123456Z");
        }
        if (plain == Duration.class) {
            return Duration.ofMillis(1_234_567);
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return true;
        }
        if (plain == int.class || plain == Integer.class) {
            return 7;
        }
        if (plain == long.class || plain == Long.class) {
            return 7_000_000_000L;
        }
        return plain.isEnum() ? plain.getEnumConstants()[0] : specimen(plain);
    }
}
