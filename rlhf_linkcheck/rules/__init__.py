"""The rules: one file each, registered in RULES, in the order of their codes."""

from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.dup101_shared_link import SharedLink
from rlhf_linkcheck.rules.dup102_repeated_entry import RepeatedEntry
from rlhf_linkcheck.rules.ent100_syntax_error import SyntaxErrorRule
from rlhf_linkcheck.rules.ent101_schema_violation import SchemaViolation
from rlhf_linkcheck.rules.ent102_duplicate_key import DuplicateKey
from rlhf_linkcheck.rules.ent103_empty_link import EmptyLink
from rlhf_linkcheck.rules.ent104_malformed_url import MalformedUrl
from rlhf_linkcheck.rules.ent105_malformed_authors import MalformedAuthors
from rlhf_linkcheck.rules.ent106_year_conflict import YearConflict
from rlhf_linkcheck.rules.ent107_malformed_item import MalformedItem
from rlhf_linkcheck.rules.lnk101_dead_link import DeadLink
from rlhf_linkcheck.rules.lnk102_moved_link import MovedLink
from rlhf_linkcheck.rules.lnk103_insecure_link import InsecureLink
from rlhf_linkcheck.rules.lnk104_unreachable_link import UnreachableLink
from rlhf_linkcheck.rules.lnk105_blocked_link import BlockedLink
from rlhf_linkcheck.rules.lnk106_noncanonical_link import NoncanonicalLink
from rlhf_linkcheck.rules.lnk107_placeholder_page import PlaceholderPage
from rlhf_linkcheck.rules.lnk108_missing_fragment import MissingFragment
from rlhf_linkcheck.rules.lnk109_invalid_certificate import InvalidCertificate

__all__ = ["RULES", "Rule"]

RULES: tuple[Rule, ...] = (
    SyntaxErrorRule(),
    SchemaViolation(),
    DuplicateKey(),
    EmptyLink(),
    MalformedUrl(),
    MalformedAuthors(),
    YearConflict(),
    MalformedItem(),
    SharedLink(),
    RepeatedEntry(),
    DeadLink(),
    MovedLink(),
    InsecureLink(),
    UnreachableLink(),
    BlockedLink(),
    NoncanonicalLink(),
    PlaceholderPage(),
    MissingFragment(),
    InvalidCertificate(),
)
