package io.guildhall.api.store;

import java.util.Set;
import javax.annotation.Nonnull;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Messages as JSON. A message names the type that it is of, and may come from another process: nothing is made of it but the
 * service's own records and enums, Axon's tokens, and plain values. What is of any other type stays unread.
 *
 * <p>Additive change only: what an older event lacks is null, what a newer one has more is ignored.
 */
final class KnownTypes extends Jackson3Serializer {

    private static final String OURS = "io.guildhall.";

    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, Boolean.class, Integer.class, Long.class, Double.class, MetaData.class);

    private static final Set<String> PLAIN_NAMES =
            PLAIN.stream().map(Class::getName).collect(java.util.stream.Collectors.toUnmodifiableSet());

    private static final String TOKENS = TrackingToken.class.getPackageName() + ".";

    /** Axon 4.13.0 with Jackson 3 cannot read its own replay tokens without this (AxonFramework issue 4160). */
    private static final PolymorphicTypeValidator REPLAY_TOKENS =
            BasicPolymorphicTypeValidator.builder().allowIfSubType(TOKENS).build();

    KnownTypes() {
        super(builder()
                .lenientDeserialization()
                .jsonMapperBuilderCustomizer(mapper -> mapper.polymorphicTypeValidator(REPLAY_TOKENS)));
    }

    @Override
    public Class<?> classForType(@Nonnull SerializedType type) {
        String name = type.getName();
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
