package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A whole trail as it is read, page by page, while nothing is added to it.
 *
 * @param activities oldest first
 */
record PagedTrail(List<JsonNode> activities) {

    private static final int PAGE = 100;

    /** Of the current organization. */
    static PagedTrail ofOrganization(TestUser member) {
        return read(member.client(), "/v1/activities");
    }

    static PagedTrail ofUser(TestUser testUser) {
        return read(testUser.client(), "/v1/account/activities");
    }

    private static PagedTrail read(Client client, String path) {
        List<JsonNode> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            Reply page = client.get("%s?limit=%d&offset=%d".formatted(path, PAGE, found.size()))
                    .ok();
            page.at("activities").forEach(found::add);
            more = page.at("has_next").booleanValue();
        }
        assertThat(found.stream().map(activity -> text(activity, "/id"))).doesNotHaveDuplicates();
        assertThat(found.stream().map(activity -> text(activity, "/created_at")))
                .isSortedAccordingTo(Comparator.reverseOrder());
        return new PagedTrail(found.reversed());
    }

    /** Each activity in the form {@code joined organization_member}. */
    List<String> said() {
        return activities.stream()
                .map(activity -> text(activity, "/verb") + " " + text(activity, "/object/type"))
                .toList();
    }

    /** Those of one kind, in the form that {@link #said} has. */
    List<JsonNode> of(String said) {
        return activities.stream()
                .filter(activity -> said.equals(text(activity, "/verb") + " " + text(activity, "/object/type")))
                .toList();
    }

    /** The ids of the objects of one kind of activity. */
    List<String> objects(String said) {
        return of(said).stream().map(activity -> text(activity, "/object/id")).toList();
    }

    static String text(JsonNode activity, String pointer) {
        return activity.at(pointer).asString();
    }
}
