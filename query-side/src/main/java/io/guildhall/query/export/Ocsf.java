package io.guildhall.query.export;

import io.guildhall.query.activity.ExportRecord;
import io.guildhall.query.activity.ExportedActivity;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;

/**
 * OCSF 1.3: members come and go in a group (Group Management, 3006), all else is done to an entity (Entity Management, 3004).
 * The last line is a Base Event with count and checkpoint in {@code unmapped}.
 */
final class Ocsf extends JsonLines {

    private static final String VERSION = "1.3.0";
    private static final int IAM = 3;
    private static final int ENTITY_MANAGEMENT = 3004;
    private static final int GROUP_MANAGEMENT = 3006;
    private static final int OTHER = 99;
    private static final int INFORMATIONAL = 1;
    private static final String MEMBER = "organization_member";

    private final UUID organization;
    private final Clock clock;

    Ocsf(OutputStream out, UUID organization, Clock clock) {
        super(out);
        this.organization = organization;
        this.clock = clock;
    }

    /** Numbers that the class gives to what is done. */
    private record Done(int id, String name) {}

    @Override
    public String extension() {
        return "ocsf.ndjson";
    }

    @Override
    public void write(ExportRecord exportRecord) {
        ExportedActivity activity = exportRecord.activity();
        boolean group = activity.objectType().equals(MEMBER);
        int type = group ? GROUP_MANAGEMENT : ENTITY_MANAGEMENT;
        Done done = group ? toGroup(activity) : toEntity(activity);
        begin(IAM, type, done, activity.at().toEpochMilli());
        json.writeStringProperty("class_name", group ? "Group Management" : "Entity Management");
        json.writeStringProperty("category_name", "Identity & Access Management");
        json.writeStringProperty("activity_name", done.name());
        json.writeStringProperty("type_name", (group ? "Group Management: " : "Entity Management: ") + done.name());
        json.writeStringProperty("message", activity.verb() + " " + activity.objectType());
        json.writeNumberProperty("status_id", 1);
        json.writeStringProperty("status", "Success");
        metadata(activity.id().toString(), activity.sequence());
        actor(activity);
        if (group) {
            group(activity);
        } else {
            entity(activity);
        }
        if (activity.request() != null) {
            json.writeName("http_request");
            json.writeStartObject();
            json.writeStringProperty("uid", activity.request());
            json.writeEndObject();
        }
        json.writeName("unmapped");
        json.writeRawValue(activity.facts());
        json.writeEndObject();
    }

    private static Done toGroup(ExportedActivity activity) {
        return switch (activity.verb()) {
            case "joined" -> new Done(3, "Add User");
            case "left", "revoked" -> new Done(4, "Remove User");
            default -> other(activity);
        };
    }

    private static Done toEntity(ExportedActivity activity) {
        return switch (activity.verb()) {
            case "created" -> new Done(1, "Create");
            case "updated", "resent", "accepted", "declined" -> new Done(3, "Update");
            case "deleted" -> new Done(4, "Delete");
            case "reactivated" -> new Done(10, "Activate");
            case "deactivated" -> new Done(11, "Deactivate");
            case "locked" -> new Done(12, "Suspend");
            case "unlocked" -> new Done(13, "Resume");
            default -> other(activity);
        };
    }

    private static Done other(ExportedActivity activity) {
        return new Done(
                OTHER,
                activity.verb().substring(0, 1).toUpperCase(Locale.ROOT)
                        + activity.verb().substring(1));
    }

    private void begin(int category, int type, Done done, long millis) {
        json.writeStartObject();
        json.writeNumberProperty("category_uid", category);
        json.writeNumberProperty("class_uid", type);
        json.writeNumberProperty("activity_id", done.id());
        json.writeNumberProperty("type_uid", type * 100L + done.id());
        json.writeNumberProperty("time", millis);
        json.writeNumberProperty("severity_id", INFORMATIONAL);
        json.writeStringProperty("severity", "Informational");
    }

    private void metadata(String uid, long sequence) {
        json.writeName("metadata");
        json.writeStartObject();
        json.writeStringProperty("version", VERSION);
        json.writeStringProperty("uid", uid);
        json.writeNumberProperty("sequence", sequence);
        json.writeStringProperty("tenant_uid", organization.toString());
        json.writeStringProperty("log_name", "trail");
        product();
        json.writeEndObject();
    }

    private void product() {
        json.writeName("product");
        json.writeStartObject();
        json.writeStringProperty("name", "Guildhall");
        json.writeStringProperty("vendor_name", "Guildhall");
        json.writeEndObject();
    }

    private void actor(ExportedActivity activity) {
        json.writeName("actor");
        json.writeStartObject();
        json.writeName("user");
        json.writeStartObject();
        json.writeStringProperty("uid", activity.actorId().isEmpty() ? "unknown" : activity.actorId());
        if (!activity.actorName().isEmpty()) {
            json.writeStringProperty("name", activity.actorName());
        }
        switch (activity.actorType()) {
            case "user" -> type(1, "User");
            case "operator" -> type(2, "Admin");
            case "system_user" -> type(3, "System");
            default -> type(OTHER, "API token");
        }
        if (activity.token() != null) {
            json.writeStringProperty("credential_uid", activity.token().toString());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void type(int id, String name) {
        json.writeNumberProperty("type_id", id);
        json.writeStringProperty("type", name);
    }

    private void group(ExportedActivity activity) {
        json.writeName("group");
        json.writeStartObject();
        json.writeStringProperty("uid", organization.toString());
        json.writeStringProperty("type", "organization");
        json.writeEndObject();
        json.writeName("user");
        json.writeStartObject();
        ExportedActivity.About about = activity.about();
        json.writeStringProperty("uid", about == null || about.value().isEmpty() ? "unknown" : about.value());
        if (!activity.objectName().isEmpty()) {
            json.writeStringProperty("name", activity.objectName());
        }
        type(1, "User");
        json.writeEndObject();
    }

    private void entity(ExportedActivity activity) {
        json.writeName("entity");
        json.writeStartObject();
        json.writeStringProperty("uid", activity.object().toString());
        if (!activity.objectName().isEmpty()) {
            json.writeStringProperty("name", activity.objectName());
        }
        json.writeStringProperty("type", activity.objectType());
        json.writeEndObject();
    }

    @Override
    public void end(ExportTrailer exportTrailer) {
        last("Export", exportTrailer.at().toEpochMilli());
        json.writeName("unmapped");
        json.writeStartObject();
        json.writeNumberProperty("count", exportTrailer.count());
        json.writeNumberProperty("after", exportTrailer.after());
        json.writeBooleanProperty("filtered", exportTrailer.filtered());
        json.writeStringProperty("checkpoint", exportTrailer.checkpoint());
        json.writeEndObject();
        json.writeEndObject();
        close();
    }

    @Override
    public void breakOff(String reason) {
        last("Broken off", clock.millis());
        json.writeStringProperty("message", reason);
        json.writeEndObject();
        close();
    }

    private void last(String name, long millis) {
        begin(0, 0, new Done(OTHER, name), millis);
        json.writeStringProperty("activity_name", name);
        json.writeName("metadata");
        json.writeStartObject();
        json.writeStringProperty("version", VERSION);
        json.writeStringProperty("tenant_uid", organization.toString());
        json.writeStringProperty("log_name", "trail");
        product();
        json.writeEndObject();
    }
}
