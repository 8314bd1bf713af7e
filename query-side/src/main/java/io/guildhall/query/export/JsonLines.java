package io.guildhall.query.export;

import io.guildhall.infrastructure.auditlog.Microseconds;
import io.guildhall.query.activity.ExportedActivity;
import java.io.OutputStream;
import java.time.Instant;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/** Formats of one JSON object a line. */
abstract class JsonLines implements ExportFormat {

    private static final JsonFactory JSON = JsonFactory.builder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    final JsonGenerator json;

    JsonLines(OutputStream out) {
        json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    }

    @Override
    public String contentType() {
        return "application/x-ndjson";
    }

    @Override
    public void flush() {
        json.flush();
    }

    static String text(Instant time) {
        return Microseconds.text(time);
    }

    /** After the last line. */
    final void close() {
        json.writeRaw('\n');
        json.flush();
    }

    /** {@code Activity} of the published contract, the same as a search shows. */
    final void writeActivity(ExportedActivity activity) {
        json.writeStartObject();
        json.writeStringProperty("id", activity.id().toString());
        json.writeName("actor");
        json.writeStartObject();
        json.writeStringProperty("id", activity.actorId());
        json.writeStringProperty("name", activity.actorName());
        json.writeStringProperty("type", activity.actorType());
        json.writeName("metadata");
        json.writeRawValue("{}");
        json.writeBooleanProperty("deleted", false);
        json.writeEndObject();
        json.writeName("object");
        json.writeStartObject();
        json.writeStringProperty("id", activity.object().toString());
        json.writeStringProperty("name", activity.objectName());
        json.writeStringProperty("type", activity.objectType());
        json.writeName("metadata");
        json.writeStartObject();
        ExportedActivity.About about = activity.about();
        if (about != null) {
            json.writeStringProperty(about.key(), about.value());
        }
        json.writeEndObject();
        json.writeBooleanProperty("deleted", activity.objectDeleted());
        json.writeEndObject();
        json.writeStringProperty("event", activity.event());
        json.writeStringProperty("verb", activity.verb());
        json.writeName("metadata");
        json.writeRawValue(metadata(activity));
        json.writeStringProperty("created_at", text(activity.at()));
        json.writeNumberProperty("sequence", activity.sequence());
        json.writeEndObject();
    }

    /** The facts, with the token and the request, as a JSON object. */
    static String metadata(ExportedActivity activity) {
        String facts = activity.facts();
        if (activity.token() == null && activity.request() == null) {
            return facts;
        }
        var all = new StringBuilder(facts);
        all.setLength(facts.lastIndexOf('}'));
        String comma = all.length() > 1 ? "," : "";
        if (activity.token() != null) {
            all.append(comma)
                    .append("\"auth_token_ref\":\"credential:")
                    .append(activity.token())
                    .append('"');
            comma = ",";
        }
        if (activity.request() != null) {
            all.append(comma).append("\"request_id\":\"");
            JsonStringEncoder.getInstance().quoteAsString(activity.request(), all);
            all.append('"');
        }
        return all.append('}').toString();
    }
}
