package io.guildhall.acceptance;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one activity of a trail says.
 *
 * @param event what an update was about, or empty
 * @param tokenRef the API token that was used, or empty
 */
record TrailActivity(String actor, String verb, String type, String object, String event, String tokenRef) {

    static TrailActivity of(String actor, String verb, String type, String object) {
        return new TrailActivity(actor, verb, type, object, "", "");
    }

    TrailActivity about(String update) {
        return new TrailActivity(actor, verb, type, object, update, tokenRef);
    }

    TrailActivity by(TestUser.Token token) {
        return new TrailActivity(actor, verb, type, object, event, "credential:" + token.id());
    }

    /** The current organization's trail, oldest first, page by page. */
    static List<TrailActivity> trail(Client client) {
        return read(client, "/v1/activities");
    }

    /** The user's own, oldest first. */
    static List<TrailActivity> ownTrail(Client client) {
        return read(client, "/v1/account/activities");
    }

    private static List<TrailActivity> read(Client client, String path) {
        List<TrailActivity> lines = new ArrayList<>();
        while (true) {
            Reply page = client.get(path + "?limit=7&offset=" + lines.size()).ok();
            page.at("activities").forEach(activity -> lines.add(of(activity)));
            if (!page.at("has_next").booleanValue()) {
                return lines.reversed();
            }
        }
    }

    private static TrailActivity of(JsonNode activity) {
        return new TrailActivity(
                activity.at("/actor/id").stringValue(),
                activity.at("/verb").stringValue(),
                activity.at("/object/type").stringValue(),
                activity.at("/object/id").stringValue(),
                activity.at("/metadata/event").asString(),
                activity.at("/metadata/auth_token_ref").asString());
    }
}
