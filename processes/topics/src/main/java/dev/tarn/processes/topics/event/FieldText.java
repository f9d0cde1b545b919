package dev.tarn.processes.topics.event;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Reads the text of a column as a value of an Avro type, exactly: what the type cannot hold is refused, never rounded. */
public final class FieldText {
    private FieldText() {}

    /** Whether a column can fill this type at all. */
    public static boolean fits(Schema schema) {
        Schema type = filled(schema);
        return switch (type.getType()) {
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM -> true;
            case BYTES, FIXED -> type.getLogicalType() instanceof LogicalTypes.Decimal;
            default -> false;
        };
    }

    /**
     * The value of a text; an empty one is null where the type has null.
     *
     * @throws IllegalArgumentException with the rest of "column 'amount' has 'x', which …"
     */
    public static @Nullable Object parse(Schema schema, String text) {
        if (text.isEmpty() && schema.isNullable()) {
            return null;
        }
        Schema type = filled(schema);
        try {
            return type.getLogicalType() == null
                    ? plain(type, text)
                    : logical(type, type.getLogicalType(), text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no " + words(type), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no " + words(type) + " that there is", e);
        }
    }

    /** The one type of a union besides null; the type itself if it is none. */
    private static Schema filled(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return types.size() == 1 ? types.get(0) : schema;
    }

    private static Object plain(Schema type, String text) {
        return switch (type.getType()) {
            case STRING -> text;
            case INT -> Integer.valueOf(text.strip());
            case LONG -> Long.valueOf(text.strip());
            case FLOAT -> Float.valueOf(text.strip());
            case DOUBLE -> Double.valueOf(text.strip());
            case BOOLEAN ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "t" -> true;
                    case "false", "f" -> false;
                    default -> throw new IllegalArgumentException("is neither true nor false");
                };
            case ENUM -> {
                if (!type.hasEnumSymbol(text)) {
                    throw new IllegalArgumentException("is none of " + type.getEnumSymbols());
                }
                yield new GenericData.EnumSymbol(type, text);
            }
            default -> throw new IllegalArgumentException("cannot be a " + words(type));
        };
    }

    private static Object logical(Schema type, LogicalType logical, String text) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return decimal(decimal, text);
        }
        return switch (logical.getName()) {
            case "date" -> LocalDate.parse(text);
            case "time-millis" -> fine(LocalTime.parse(text), ChronoUnit.MILLIS);
            case "time-micros" -> fine(LocalTime.parse(text), ChronoUnit.MICROS);
            case "timestamp-millis" -> fine(Timestamps.parse(text), ChronoUnit.MILLIS);
            case "timestamp-micros" -> fine(Timestamps.parse(text), ChronoUnit.MICROS);
            case "local-timestamp-millis" -> fine(Timestamps.parseLocal(text), ChronoUnit.MILLIS);
            case "local-timestamp-micros" -> fine(Timestamps.parseLocal(text), ChronoUnit.MICROS);
            case "uuid" -> {
                UUID uuid = UUID.fromString(text);
                if (!uuid.toString().equalsIgnoreCase(text)) {
                    throw new IllegalArgumentException("is no uuid");
                }
                yield uuid;
            }
            default -> plain(type, text);
        };
    }

    private static BigDecimal decimal(LogicalTypes.Decimal type, String text) {
        BigDecimal value = new BigDecimal(text);
        if (value.stripTrailingZeros().scale() > type.getScale()) {
            throw new IllegalArgumentException("has more than the " + type.getScale() + " decimals of decimal("
                    + type.getPrecision() + "," + type.getScale() + ")");
        }
        BigDecimal scaled = value.setScale(type.getScale());
        if (scaled.precision() > type.getPrecision()) {
            throw new IllegalArgumentException(
                    "has more digits than decimal(" + type.getPrecision() + "," + type.getScale() + ")");
        }
        return scaled;
    }

    private static <T extends TemporalAccessor> T fine(T time, ChronoUnit unit) {
        if (time.get(ChronoField.NANO_OF_SECOND) % unit.getDuration().toNanos() != 0) {
            throw new IllegalArgumentException(
                    "is finer than " + unit.toString().toLowerCase(Locale.ROOT));
        }
        return time;
    }

    /** A type as people say it. */
    static String words(Schema schema) {
        Schema type = filled(schema);
        LogicalType logical = type.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        return logical == null ? type.getType().getName() : logical.getName();
    }
}
