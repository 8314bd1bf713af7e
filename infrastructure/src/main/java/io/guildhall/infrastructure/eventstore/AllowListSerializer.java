package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.shared.EventType;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nonnull;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.responsetypes.InstanceResponseType;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

/**
 * Messages as JSON. A message names the type that it is of, and may come from another process: nothing is made of it but the
 * service's own records and enums, Axon's tokens and types of answers, and plain values. What is of any other type stays unread.
 *
 * <p>Additive change only: what an older event lacks is null, what a newer one has more is ignored.
 */
final class AllowListSerializer extends Jackson3Serializer {

    private static final String OURS = "io.guildhall.";

    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Integer.class,
            Long.class,
            Double.class,
            MetaData.class,
            InstanceResponseType.class);

    private static final Set<String> PLAIN_NAMES =
            PLAIN.stream().map(Class::getName).collect(java.util.stream.Collectors.toUnmodifiableSet());

    private static final String TOKENS = TrackingToken.class.getPackageName() + ".";

    /** Axon 4.13.0 with Jackson 3 cannot read its own replay tokens without this (AxonFramework issue 4160). */
    private static final PolymorphicTypeValidator REPLAY_TOKENS =
            BasicPolymorphicTypeValidator.builder().allowIfSubType(TOKENS).build();

    /** Those that were found, of ours: each event names its own, and asking the class loader takes longer than reading most of them. */
    private final Map<String, Class<?>> known = new ConcurrentHashMap<>();

    /** Making one for each event takes a good part of the time that reading it does. */
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    AllowListSerializer() {
        super(builder()
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(REPLAY_TOKENS)
                        .addModule(new SimpleModule("answers").addDeserializer(Class.class, new Answer()))));
    }

    /** What a query is to be answered with: one of ours, and no other class is even looked for. */
    private static final class Answer extends StdDeserializer<Class<?>> {

        Answer() {
            super(Class.class);
        }

        @Override
        public Class<?> deserialize(JsonParser json, DeserializationContext context) {
            String name = json.getString();
            if (name.startsWith(OURS)) {
                try {
                    return Class.forName(name, false, AllowListSerializer.class.getClassLoader());
                } catch (ClassNotFoundException e) {
                    // Of a newer version.
                }
            }
            return (Class<?>) context.handleWeirdStringValue(Class.class, name, "it is no type of ours");
        }
    }

    @Override
    protected ObjectReader getReader(Class<?> type) {
        return readers.computeIfAbsent(type, super::getReader);
    }

    /**
     * Events go by their logical name and version, snapshots by their class and revision; commands, queries and answers, which nothing
     * stores, by their class.
     */
    @Override
    public SerializedType typeForClass(Class type) {
        if (type != null && AggregateSnapshot.class.isAssignableFrom(type)) {
            return new SimpleSerializedType(type.getName(), SnapshotRevisions.of(type));
        }
        EventType event = type == null ? null : (EventType) type.getAnnotation(EventType.class);
        return event == null
                ? super.typeForClass(type)
                : new SimpleSerializedType(event.value(), Integer.toString(event.version()));
    }

    @Override
    public Class<?> classForType(@Nonnull SerializedType type) {
        Class<?> before = known.get(type.getName());
        if (before != null) {
            return before;
        }
        Class<?> found = find(type);
        if (found.getName().startsWith(OURS)) {
            known.put(type.getName(), found);
        }
        return found;
    }

    private Class<?> find(SerializedType type) {
        String name = type.getName();
        Class<?> event = EventTypes.find(name);
        if (event != null) {
            return event;
        }
        if (PLAIN_NAMES.contains(name) || SerializedType.emptyType().equals(type)) {
            return super.classForType(type);
        }
        if (!name.startsWith(OURS) && !name.startsWith(TOKENS)) {
            return UnknownSerializedType.class;
        }
        Class<?> found = super.classForType(type);
        boolean known = name.startsWith(OURS)
                ? found.isRecord() || found.isEnum()
                : TrackingToken.class.isAssignableFrom(found);
        return known ? found : UnknownSerializedType.class;
    }
}
