package io.guildhall.infrastructure.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The column types of projections, with the binary format of their values in {@code COPY}. */
enum ColumnType {
    BIGINT("bigint", (value, to) -> to.putLong(((Number) value).longValue()), Long::valueOf),
    BOOLEAN("boolean", (value, to) -> to.putByte((Boolean) value ? 1 : 0), Boolean::valueOf),
    DATE("date", (value, to) -> to.putInt(days((LocalDate) value)), ColumnType::date),
    INTEGER("integer", (value, to) -> to.putInt(Math.toIntExact(((Number) value).longValue())), Integer::valueOf),
    JSONB(
            "jsonb",
            (value, to) ->
                    to.putByte(1).putBytes(((RowValues.Json) value).text().getBytes(UTF_8)),
            RowValues.Json::new),
    TEXT("text", (value, to) -> to.putBytes(value.toString().getBytes(UTF_8)), text -> text),
    TEXTS("text[]", (value, to) -> texts((String[]) value, to), text -> unsupported()),
    TIMESTAMPTZ(
            "timestamp with time zone", (value, to) -> to.putLong(microseconds((Instant) value)), t -> unsupported()),
    UUID("uuid", (value, to) -> uuid((UUID) value, to), java.util.UUID::fromString);

    private static final long SECONDS_BEFORE_2000 = 946_684_800;
    private static final int MICROS = 1_000_000;
    private static final LocalDate FIRST_OF_2000 = LocalDate.of(2000, 1, 1);
    private static final int TEXT_OID = 25;

    private final String sql;
    private final BiConsumer<Object, CopyBinaryEncoder> write;
    private final Function<String, Object> read;

    ColumnType(String sql, BiConsumer<Object, CopyBinaryEncoder> write, Function<String, Object> read) {
        this.sql = sql;
        this.write = write;
        this.read = read;
    }

    /** @param sql the type's name as PostgreSQL's {@code format_type} returns it */
    static ColumnType of(String sql) {
        return Arrays.stream(values())
                .filter(type -> type.sql.equals(sql))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Unsupported column type: " + sql));
    }

    String sql() {
        return sql;
    }

    void write(Object value, CopyBinaryEncoder to) {
        write.accept(value, to);
    }

    /** Parses a value that the database returned as text. */
    Object read(String text) {
        return read.apply(text);
    }

    private static Object unsupported() {
        throw new IllegalStateException("Defaults and computed values are not supported for this column type");
    }

    private static void uuid(UUID value, CopyBinaryEncoder to) {
        to.putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    /** Rounds to microseconds like the JDBC driver. */
    private static long microseconds(Instant at) {
        return Math.addExact(
                Math.multiplyExact(at.getEpochSecond() - SECONDS_BEFORE_2000, MICROS), (at.getNano() + 500) / 1_000);
    }

    private static int days(LocalDate date) {
        return date.equals(LocalDate.MAX)
                ? Integer.MAX_VALUE
                : Math.toIntExact(date.toEpochDay() - FIRST_OF_2000.toEpochDay());
    }

    private static LocalDate date(String text) {
        return text.equals("infinity") ? LocalDate.MAX : LocalDate.parse(text);
    }

    private static void texts(String[] values, CopyBinaryEncoder to) {
        to.putInt(values.length == 0 ? 0 : 1).putInt(0).putInt(TEXT_OID);
        if (values.length > 0) {
            to.putInt(values.length).putInt(1);
        }
        for (String value : values) {
            byte[] text = value.getBytes(UTF_8);
            to.putInt(text.length).putBytes(text);
        }
    }
}
