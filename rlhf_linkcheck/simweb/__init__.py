"""A simulated web on loopback: HTTP, TLS and DNS as one readable scenario says."""

from .behaviour import Behaviour, Fault
from .fields import ScenarioError
from .log import LoggedQuestion, LoggedRequest, RequestLog
from .process import Spawned, spawn
from .request import Request
from .scenario import Dns, Host, Scenario, Tls
from .server import Handler
from .services.papers import Paper, Registrar, Version
from .web import Web, running, serve

__all__ = [
    "Behaviour",
    "Dns",
    "Fault",
    "Handler",
    "Host",
    "LoggedQuestion",
    "LoggedRequest",
    "Paper",
    "Registrar",
    "Request",
    "RequestLog",
    "Scenario",
    "ScenarioError",
    "Spawned",
    "Tls",
    "Version",
    "Web",
    "running",
    "serve",
    "spawn",
]
