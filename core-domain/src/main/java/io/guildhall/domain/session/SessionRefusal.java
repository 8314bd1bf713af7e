package io.guildhall.domain.session;

import static io.guildhall.domain.shared.Refusal.Kind.ABSENT;
import static io.guildhall.domain.shared.Refusal.Kind.FORBIDDEN;

import io.guildhall.domain.shared.Refusal;

/** Why a session is not started or not ended. */
public sealed interface SessionRefusal extends Refusal {

    record SessionEndedMeanwhile() implements SessionRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "This session has ended. Sign in again.";
        }
    }

    record NoSuchSession() implements SessionRefusal {
        @Override
        public Kind kind() {
            return ABSENT;
        }

        @Override
        public String explanation() {
            return "There is no such session.";
        }
    }

    /** An API token, an access token, or a session made with one, is good for its own organization only (R17a). */
    record BoundToOrganization() implements SessionRefusal {
        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This token is bound to its own organization and cannot switch to another one. Sign in to do that.";
        }
    }

    /** Only a session that came out of a sign-in acts on the user (R17a). */
    record NeedsInteractiveSession() implements SessionRefusal {
        @Override
        public Kind kind() {
            return FORBIDDEN;
        }

        @Override
        public String explanation() {
            return "This needs a session from a sign-in. An API token, an access token, or a session made with one, is not enough.";
        }
    }
}
